// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import TerminalCells

/// The old and the new value of what changed, each in one line that begins so that the change is in sight.
struct ChangedValue {
    typealias Piece = RecordLine.Piece

    /// Bytes of a text that are compared from a little before its first change.
    private static let comparedBytes = 4096
    /// Bytes of a text that are kept in front of its first change, before columns are known.
    private static let keptBytes = 256
    /// Bytes of a binary value that are kept in front of its first change.
    private static let keptBinaryBytes = 2

    let old: [Piece]
    let new: [Piece]

    /// Compares two values.
    ///
    /// - Parameters:
    ///   - old: The value before.
    ///   - new: The value after.
    ///   - columns: Where the line ends.
    ///   - ellipsis: Stands for what is left out in front.
    init(_ old: ValueNode, _ new: ValueNode, columns: Int, ellipsis: String) {
        switch (old, new) {
        case (.text(_, let before), .text(_, let after)):
            (self.old, self.new) = Self.texts(before, after, columns: columns, ellipsis: ellipsis)
        case (.binary(let before), .binary(let after)):
            let start = zip(before, after).prefix { $0 == $1 }.count - Self.keptBinaryBytes
            self.old = [Piece(Self.hex(before, from: start, ellipsis: ellipsis), Roles.diffDelete)]
            self.new = [Piece(Self.hex(after, from: start, ellipsis: ellipsis), Roles.diffAdd)]
        default:
            self.old = [Self.piece(old, Roles.diffDelete)]
            self.new = [Self.piece(new, Roles.diffAdd)]
        }
    }

    /// A value, or the kind and size of one that has parts.
    private static func piece(_ value: ValueNode, _ role: StyleRole) -> Piece {
        value.outline.map { Piece($0, Roles.dim) } ?? Piece(DifferenceWriter.text(value), role)
    }

    private static func texts(
        _ old: String,
        _ new: String,
        columns: Int,
        ellipsis: String
    ) -> ([Piece], [Piece]) {
        let skipped = self.skippedBytes(old, new)
        let difference = TextDifference(old: self.part(old, from: skipped), new: self.part(new, from: skipped))
        let length = max(difference.old.count, difference.new.count) + difference.prefix.count + difference.suffix.count
        // A third of the line is enough to see where the change is.
        let room = max(8, columns / 3)
        var begin = skipped > 0 ? "\(ellipsis)\(difference.prefix)" : "\"\(difference.prefix)"
        if begin.count > room, skipped > 0 || length + 2 > columns {
            begin = "\(ellipsis)\(difference.prefix.suffix(room - ellipsis.count))"
        }
        func pieces(_ text: String, _ changed: String, _ role: StyleRole, _ mark: StyleRole) -> [Piece] {
            let isCut = text.utf8.count - skipped > self.comparedBytes
            let end = isCut ? "... \(Figures.bytes(ByteCount(text.utf8.count))) in all" : "\""
            return [Piece(begin, role), Piece(changed, mark), Piece(difference.suffix + end, role)]
                .filter { !$0.text.isEmpty }
        }
        return (
            pieces(old, difference.old, Roles.diffDelete, Roles.diffDeleteMark),
            pieces(new, difference.new, Roles.diffAdd, Roles.diffAddMark)
        )
    }

    /// How many bytes both texts have in common that need not be looked at again: none of texts that are short.
    private static func skippedBytes(_ old: String, _ new: String) -> Int {
        guard max(old.utf8.count, new.utf8.count) > self.comparedBytes else { return 0 }
        var skipped = max(0, zip(old.utf8, new.utf8).prefix { $0 == $1 }.count - self.keptBytes)
        // Whole characters: both are the same up to there.
        while skipped > 0 {
            let index = old.utf8.index(old.startIndex, offsetBy: skipped)
            if index.samePosition(in: old) != nil { break }
            skipped -= 1
        }
        return skipped
    }

    private static func part(_ text: String, from skipped: Int) -> String {
        var end = text.utf8.dropFirst(skipped).prefix(self.comparedBytes).endIndex
        while end < text.endIndex, end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return String(text[text.utf8.index(text.startIndex, offsetBy: skipped)..<end])
    }

    private static func hex(_ bytes: [UInt8], from start: Int, ellipsis: String) -> String {
        guard start > 0, bytes.count > ValueText.shownBytes else { return ValueText.hex(bytes) }
        let offset = min(start, bytes.count)
        let digits = ValueText.digits(bytes.dropFirst(offset).prefix(ValueText.shownBytes))
        let ending = bytes.count - offset > ValueText.shownBytes ? ellipsis : ""
        return "\(bytes.count) bytes, at 0x\(String(offset, radix: 16)): \(ellipsis)\(digits)\(ending)"
    }
}
