// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

/// What the Events table says of one line of the log.
struct EventFields: Sendable {
    var entry: LogEntry
    var glyphs: GlyphSet

    /// The field of a column.
    func field(_ column: String) -> Field {
        switch column {
        case "at": Field(Figures.preciseClock(self.entry.at), Roles.dim)
        case "level": Field(self.entry.level.rawValue, self.entry.level.role)
        case "code": Field(self.entry.code, self.entry.level == .info ? Roles.text : self.entry.level.role)
        case "shard":
            self.entry.shard.map { Field(shard: $0, Roles.dim, ellipsis: self.glyphs.ellipsis) } ?? Field("")
        case "message": Field(self.message)
        default: Field("")
        }
    }

    private var message: String {
        let text = ShardName.shortened(in: self.entry.message, ellipsis: self.glyphs.ellipsis)
        return self.entry.repetitions > 1 ? "(\(self.entry.repetitions)x) \(text)" : text
    }
}

extension Notice.Level {
    /// The level's role.
    var role: StyleRole {
        switch self {
        case .info: Roles.dim
        case .warning: Roles.warn
        case .error: Roles.error
        }
    }
}
