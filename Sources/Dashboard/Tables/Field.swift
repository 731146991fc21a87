// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import TerminalCells

/// What stands in one column of one row.
package struct Field: Hashable, Sendable {
    /// The text, not yet escaped.
    package var text: String
    /// What it means.
    package var role: StyleRole
    /// A role whose sign stands before the text; nil for none.
    package var sign: StyleRole?
    /// The figure to sort and to compare by; nil sorts by the text, an unknown figure sorts last.
    package var figure: Double?
    /// What stands in its place where it does not fit, the longest first; empty: the text is cut.
    package var shorter: [String] = []
    /// Whether an absent figure means unknown rather than text.
    package var isFigure: Bool

    package init(_ text: String, _ role: StyleRole = Roles.text, sign: StyleRole? = nil) {
        self.text = text
        self.role = role
        self.sign = sign
        self.figure = nil
        self.isFigure = false
    }

    /// The name of a shard, in the short form that all panes have where the whole does not fit.
    ///
    /// - Parameters:
    ///   - before: What shows its place in its family.
    ///   - shard: The shard.
    ///   - role: What it means.
    ///   - ellipsis: What stands for the part that is left out.
    init(before: String = "", shard: ShardID, _ role: StyleRole, ellipsis: String) {
        let name = ShardName.whole(shard)
        let short = ShardName.short(name, ellipsis: ellipsis)
        self.init(before + shard.text, role)
        self.shorter = [before + short, short]
        if name.count < shard.text.count { self.shorter.insert(before + ellipsis + name, at: 0) }
    }

    package init(_ text: String, figure: Double?, _ role: StyleRole = Roles.text) {
        self.text = text
        self.role = figure == nil || figure == 0 ? Roles.dim : role
        self.sign = nil
        self.figure = figure
        self.isFigure = true
    }
}

extension Duration {
    /// The duration in seconds.
    package var inSeconds: Double {
        let (seconds, attoseconds) = self.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
