// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import StreamSession

extension RecordingExtent {
    /// Reads how much there is in a file without damages.
    ///
    /// - Throws: `DatabaseError`, where the file is damaged too.
    init(_ database: Database, time: RecordingTime) throws {
        func moment(_ sql: String) throws -> Timestamp? {
            try Int64.fetchOne(database, sql: sql).map { time.time($0) }
        }
        let bounds = try Row.fetchOne(database, sql: "SELECT min(sequence), max(sequence), count(*) FROM event")
        self.init()
        self.isSealed = try Self.isSealed(database)
        self.events = bounds?[2] ?? 0
        self.first = try moment(
            "SELECT min(at) FROM (SELECT min(at) AS at FROM keyframe UNION ALL SELECT at FROM event WHERE sequence = (SELECT min(sequence) FROM event))"
        )
        self.last = try moment(
            "SELECT max(at) FROM (SELECT max(at) AS at FROM keyframe UNION ALL SELECT at FROM event WHERE sequence = (SELECT max(sequence) FROM event))"
        )
        self.lastSequence = bounds?.sequence(1)
    }

    /// Looks for what there is in a damaged file: goes through all events that can be read.
    ///
    /// - Throws: ``RecordingError``.
    init(walking reader: RecordingReader) throws(RecordingError) {
        self.init()
        self.isDamaged = true
        self.isSealed =
            try reader.read { database in try StorageFault.readable { try Self.isSealed(database) } } ?? false
        var walk = EventWalk(reader: reader, withRecords: false)
        while let step = try walk.next() {
            guard case .event(let event) = step else { continue }
            self.events += 1
            self.first = self.first ?? event.at
            self.last = event.at
            self.lastSequence = event.sequence
        }
        guard let state = try reader.keyframe(notAfter: .sequence(.max))?.asOf else { return }
        self.first = min(self.first ?? state, state)
        self.last = max(self.last ?? state, state)
    }

    private static func isSealed(_ database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT count(*) > 0 FROM header WHERE name = 'sealed'") ?? false
    }
}
