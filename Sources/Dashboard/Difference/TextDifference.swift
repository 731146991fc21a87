// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The part of a text that changed: what both begin and end with is left out, at whole characters.
package struct TextDifference: Hashable, Sendable {
    package var prefix: String
    package var old: String
    package var new: String
    package var suffix: String

    package init(old: String, new: String) {
        let before = Array(old)
        let after = Array(new)
        var start = 0
        while start < before.count, start < after.count, before[start] == after[start] { start += 1 }
        var end = 0
        while end < before.count - start, end < after.count - start,
            before[before.count - 1 - end] == after[after.count - 1 - end]
        {
            end += 1
        }
        self.prefix = String(before[..<start])
        self.old = String(before[start..<(before.count - end)])
        self.new = String(after[start..<(after.count - end)])
        self.suffix = String(before[(before.count - end)...])
    }
}
