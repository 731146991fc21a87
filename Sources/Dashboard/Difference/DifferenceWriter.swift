// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import TerminalCells

/// Writes a difference as lines: below each other, or the old image beside the new one.
struct DifferenceWriter {
    typealias Piece = RecordLine.Piece

    /// Characters of a value that are shown.
    static let shownCharacters = 4096
    /// Bytes of a binary value that are shown as hex in the typed view.
    static let shownBytes = 256
    /// Widest column of names.
    static let nameColumns = 24

    let isSideBySide: Bool
    let isTyped: Bool
    let isUnfolded: Bool
    let columns: Int
    let glyphs: GlyphSet
    private(set) var lines: [RecordLine] = []
    private var isComparable = true

    init(isSideBySide: Bool, isTyped: Bool, isUnfolded: Bool, columns: Int, glyphs: GlyphSet) {
        self.isSideBySide = isSideBySide
        self.isTyped = isTyped
        self.isUnfolded = isUnfolded
        self.columns = columns
        self.glyphs = glyphs
    }

    /// Writes all attributes.
    ///
    /// - Parameters:
    ///   - difference: What became of the item.
    ///   - isComparable: Whether one image alone means that the item was created or deleted.
    mutating func write(_ difference: ImageDifference, isComparable: Bool) {
        self.isComparable = isComparable
        let shown = difference.keys + difference.attributes.filter { self.isUnfolded || $0.kind != .unchanged }
        let width = Self.nameWidth(shown)
        for key in difference.keys {
            self.write(key, name: Roles.diffKey, width: width, indent: 0)
        }
        self.write(difference.attributes, width: width, indent: 0)
    }

    private mutating func write(_ differences: [NodeDifference], width: Int, indent: Int) {
        for difference in differences where self.isUnfolded || difference.kind != .unchanged {
            self.write(difference, name: Roles.diffName, width: width, indent: indent)
        }
        let folded = self.isUnfolded ? 0 : differences.count { $0.kind == .unchanged }
        guard folded > 0 else { return }
        let text = String(repeating: " ", count: 2 * indent) + "  \(self.glyphs.ellipsis) \(folded) unchanged"
        self.lines.append(
            RecordLine([Piece(text, Roles.dim)], right: self.isSideBySide ? [Piece(text, Roles.dim)] : nil)
        )
    }

    private mutating func write(_ difference: NodeDifference, name: StyleRole, width: Int, indent: Int) {
        switch difference.kind {
        case .unchanged:
            guard let value = difference.new else { return }
            self.writeWhole(
                difference.name,
                value,
                sign: " ",
                name: name,
                role: Roles.text,
                width: width,
                indent: indent
            )
        case .added:
            guard let value = difference.new else { return }
            let sign = self.isComparable ? "+" : " "
            let role = self.isComparable ? Roles.diffAdd : Roles.text
            self.writeWhole(
                difference.name,
                value,
                sign: sign,
                name: name,
                role: role,
                width: width,
                indent: indent,
                side: .right
            )
        case .removed:
            guard let value = difference.old else { return }
            let sign = self.isComparable ? "-" : " "
            let role = self.isComparable ? Roles.diffDelete : Roles.text
            self.writeWhole(
                difference.name,
                value,
                sign: sign,
                name: name,
                role: role,
                width: width,
                indent: indent,
                side: .left
            )
        case .changed:
            self.writeChanged(difference, name: name, width: width, indent: indent)
        }
    }

    private mutating func writeChanged(_ difference: NodeDifference, name: StyleRole, width: Int, indent: Int) {
        guard let old = difference.old, let new = difference.new else { return }
        let head = self.head(
            difference.name,
            sign: "~",
            role: Roles.diffChange,
            name: name,
            width: width,
            indent: indent
        )
        guard difference.children.isEmpty else {
            let after = head + self.tag(new) + [Piece(self.summary(new), Roles.dim)]
            let before = head + self.tag(old) + [Piece(self.summary(old), Roles.dim)]
            self.lines.append(self.isSideBySide ? RecordLine(before, right: after) : RecordLine(after))
            let shown = difference.children.filter { self.isUnfolded || $0.kind != .unchanged }
            self.write(difference.children, width: max(width - 2, Self.nameWidth(shown)), indent: indent + 1)
            return
        }
        let room = (self.isSideBySide ? self.columns / 2 : self.columns) - head.reduce(0) { $0 + $1.text.count }
        let value = ChangedValue(old, new, columns: room - (self.isTyped ? 5 : 0), ellipsis: self.glyphs.ellipsis)
        let (before, after) = (value.old, value.new)
        let oldPieces = self.tag(old) + before
        let newPieces = (old.type == new.type && !self.isSideBySide ? [] : self.tag(new)) + after
        if self.isSideBySide {
            self.lines.append(RecordLine(head + oldPieces, right: head + newPieces, isChange: true))
            self.writeContentsBeside(old, new, width: width, indent: indent)
            return
        }
        let line = head + oldPieces + [Piece(" \(self.glyphs.arrow) ", Roles.dim)] + newPieces
        if line.reduce(0, { $0 + $1.text.count }) <= self.columns {
            self.lines.append(RecordLine(line, isChange: true))
            self.writeContents(of: old, side: .left, width: width, indent: indent)
            self.writeContents(of: new, side: .right, width: width, indent: indent)
        } else {
            let removed = self.head(
                difference.name,
                sign: "-",
                role: Roles.diffDelete,
                name: name,
                width: width,
                indent: indent
            )
            let added = self.head(
                difference.name,
                sign: "+",
                role: Roles.diffAdd,
                name: name,
                width: width,
                indent: indent
            )
            self.lines.append(RecordLine(removed + oldPieces, isChange: true))
            self.writeContents(of: old, side: .left, width: width, indent: indent)
            self.lines.append(RecordLine(added + (newPieces.count == after.count ? self.tag(new) : []) + newPieces))
            self.writeContents(of: new, side: .right, width: width, indent: indent)
        }
    }

    /// Writes the parts of a value that became one of another kind, or that came of one: its own line only counts them.
    private mutating func writeContents(of value: ValueNode, side: Side, width: Int, indent: Int) {
        guard value.outline != nil else { return }
        self.write(
            self.parts(of: value, isSetOpened: true),
            sign: side == .left ? "-" : "+",
            role: side == .left ? Roles.diffDelete : Roles.diffAdd,
            width: width,
            indent: indent,
            side: side
        )
    }

    /// Writes the parts of both values from the same line on.
    private mutating func writeContentsBeside(_ old: ValueNode, _ new: ValueNode, width: Int, indent: Int) {
        let start = self.lines.count
        self.writeContents(of: old, side: .left, width: width, indent: indent)
        let left = self.lines[start...].map(\.left)
        self.lines.removeSubrange(start...)
        self.writeContents(of: new, side: .right, width: width, indent: indent)
        let right = self.lines[start...].map { $0.right ?? [] }
        self.lines.removeSubrange(start...)
        self.lines += (0..<max(left.count, right.count)).map { row in
            RecordLine(row < left.count ? left[row] : [], right: row < right.count ? right[row] : [])
        }
    }

    private enum Side {
        case left, right, both
    }

    /// Writes a value that is the same on both sides, or is on one side only.
    private mutating func writeWhole(
        _ label: String,
        _ value: ValueNode,
        sign: String,
        name: StyleRole,
        role: StyleRole,
        width: Int,
        indent: Int,
        side: Side = .both,
        isPart: Bool = false
    ) {
        let isChange = !isPart && sign != " "
        let nameRole = sign == " " ? name : role
        let head = self.head(label, sign: sign, role: role, name: nameRole, width: width, indent: indent)
        let parts = self.parts(of: value, isSetOpened: self.isTyped)
        let text = parts.isEmpty ? Self.text(value) : self.summary(value)
        let valueRole = !parts.isEmpty ? Roles.dim : name == Roles.diffKey ? Roles.strong : role
        self.add(head + self.tag(value) + [Piece(text, valueRole)], side: side, isChange: isChange)
        self.write(parts, sign: sign, role: role, width: width, indent: indent, side: side)
        if self.isTyped, case .binary(let bytes) = value {
            for line in Self.dump(bytes) {
                let text = String(repeating: " ", count: 2 * indent + 4) + line
                self.add([Piece(text, role)], side: side, isChange: false)
            }
        }
    }

    /// Writes the parts of a value that is the same on both sides, or is on one side only.
    private mutating func write(
        _ parts: [ValueNode.Member],
        sign: String,
        role: StyleRole,
        width: Int,
        indent: Int,
        side: Side
    ) {
        // Values stand below each other as far as names allow.
        let partWidth = max(width - 2, min(Self.nameColumns, parts.map(\.name.count).max() ?? 0))
        for part in parts {
            self.writeWhole(
                part.name,
                part.value,
                sign: sign,
                name: Roles.diffName,
                role: role,
                width: partWidth,
                indent: indent + 1,
                side: side,
                isPart: true
            )
        }
    }

    private mutating func add(_ pieces: [Piece], side: Side, isChange: Bool) {
        guard self.isSideBySide else {
            self.lines.append(RecordLine(pieces, isChange: isChange))
            return
        }
        let left = side == .right ? [] : pieces
        let right = side == .left ? [] : pieces
        self.lines.append(RecordLine(left, right: right, isChange: isChange))
    }

    /// Sign, indentation and name.
    private func head(
        _ label: String,
        sign: String,
        role: StyleRole,
        name: StyleRole,
        width: Int,
        indent: Int
    ) -> [Piece] {
        let space = String(repeating: " ", count: 2 * indent)
        let padding = String(repeating: " ", count: max(0, width - label.count))
        return [Piece(sign + " ", role), Piece(space, Roles.text), Piece(label, name)]
            + (label.isEmpty ? [] : [Piece(padding + "  ", Roles.text)])
    }

    private func tag(_ value: ValueNode) -> [Piece] {
        guard self.isTyped else { return [] }
        // Only what DynamoDB knows has a type; of JSON in a string the string does.
        let type = value.type == "JSON" ? "S" : value.type.first?.isUppercase == true ? value.type : ""
        return [Piece(type + String(repeating: " ", count: max(0, 5 - type.count)), Roles.typeTag)]
    }

    private func parts(of value: ValueNode, isSetOpened: Bool) -> [ValueNode.Member] {
        switch value {
        case .object(_, let members): members
        case .array(_, let elements):
            elements.enumerated().map { ValueNode.Member(name: "[\($0.offset)]", value: $0.element) }
        case .set(_, let members): isSetOpened ? members.map { ValueNode.Member(name: "", value: $0) } : []
        case .text, .scalar, .binary: []
        }
    }

    /// A word about a value that has parts.
    private func summary(_ value: ValueNode) -> String {
        switch value {
        case .object(let type, let members):
            "\(type == "JSON" ? "JSON in a string, " : "")\(members.count) member\(members.count == 1 ? "" : "s")"
        case .array(let type, let elements):
            "\(type == "JSON" ? "JSON in a string, " : "")\(elements.count) element\(elements.count == 1 ? "" : "s")"
        case .set(_, let members): "set of \(members.count)"
        case .text, .scalar, .binary: ""
        }
    }

    private static func nameWidth(_ differences: [NodeDifference]) -> Int {
        min(Self.nameColumns, differences.map(\.name.count).max() ?? 0)
    }

    /// A value without parts in one line.
    static func text(_ value: ValueNode) -> String {
        switch value {
        case .text(_, let text): ValueText.quoted(Self.shortened(text))
        case .scalar(_, let text, _): text
        case .binary(let bytes): ValueText.hex(bytes)
        case .object("JSON", []): ValueText.quoted("{}")
        case .array("JSON", []): ValueText.quoted("[]")
        case .object(_, let members): members.isEmpty ? "{}" : value.outline ?? ""
        case .array(_, let elements): elements.isEmpty ? "[]" : value.outline ?? ""
        case .set(_, let members): "{" + members.map { Self.text($0) }.joined(separator: ", ") + "}"
        }
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > Self.shownCharacters, text.count > Self.shownCharacters else { return text }
        return text.prefix(Self.shownCharacters) + "... \(Figures.bytes(ByteCount(text.utf8.count))) in all"
    }

    /// Bytes as hex, 16 a line with their offset.
    private static func dump(_ bytes: [UInt8]) -> [String] {
        let shown = bytes.prefix(Self.shownBytes)
        var lines = stride(from: 0, to: shown.count, by: 16).map { start in
            let hex = shown[start..<min(start + 16, shown.count)].map { byte in
                let digits = String(byte, radix: 16)
                return digits.count < 2 ? "0" + digits : digits
            }
            let offset = String(start, radix: 16)
            return String(repeating: "0", count: max(0, 4 - offset.count)) + offset + "  " + hex.joined(separator: " ")
        }
        if bytes.count > shown.count { lines.append("... \(bytes.count - shown.count) more bytes") }
        return lines
    }
}
