// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Turns text into cells: the only road from data to the screen.
///
/// Nothing that comes out can move the cursor, change colours, or draw more or fewer columns than it says:
/// - Control characters become pictures (`␛`), with ``TextPolicy/Characters/ascii`` escapes (`\\x1b`).
/// - Characters without a picture of their own (bidirectional controls, zero-width space, soft hyphen, byte order mark, tags,
///   marks without a base) become escapes (`\\u{202e}`).
/// - A base with at most four marks is one cell. What follows that in a cluster is cut, and a `+` says so.
/// - Scalars without a known width become U+FFFD.
///
/// Escapes and the `+` have the role ``StyleRole/escape``, everything else has `role`.
package func displayCells(
    _ text: String,
    role: StyleRole,
    isSelected: Bool = false,
    policy: TextPolicy = .safe
) -> [Cell] {
    var builder = DisplayCellBuilder(role: role, isSelected: isSelected, policy: policy)
    var isASCII = true
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F {
        isASCII = false
        break
    }
    guard !isASCII else {
        builder.cells.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { builder.appendGlyph(String(scalar), width: 1) }
        return builder.cells
    }
    for character in text { builder.append(character) }
    return builder.cells
}

private struct DisplayCellBuilder {
    /// Marks that one cell can carry: ncurses keeps five scalars a cell.
    static let markLimit = 4

    let role: StyleRole
    let isSelected: Bool
    let policy: TextPolicy
    var cells: [Cell] = []

    init(role: StyleRole, isSelected: Bool, policy: TextPolicy) {
        self.role = role
        self.isSelected = isSelected
        self.policy = policy
    }

    mutating func appendGlyph(_ text: String, width: Int, role: StyleRole? = nil) {
        let role = role ?? self.role
        self.cells.append(Cell(.glyph(text, width: width), role: role, isSelected: self.isSelected))
        if width == 2 {
            self.cells.append(Cell(.continuation, role: role, isSelected: self.isSelected))
        }
    }

    mutating func append(_ character: Character) {
        var glyph = String.UnicodeScalarView()
        var width = 0
        let scalars = character.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            switch self.classify(scalar) {
            case .base(let columns):
                self.flush(&glyph, width: width)
                glyph.append(scalar)
                width = columns
            case .mark where glyph.isEmpty:
                self.appendEscape(scalar)
            case .mark where glyph.count > Self.markLimit:
                self.flush(&glyph, width: width)
                self.appendCut()
                return
            case .mark:
                glyph.append(scalar)
            case .joiner where self.keeps(scalar) && !glyph.isEmpty && glyph.count <= Self.markLimit:
                glyph.append(scalar)
            case .joiner where width == 2 || (!glyph.isEmpty && scalar != "\u{200D}"):
                self.flush(&glyph, width: width)
                self.appendCut()
                return
            case .joiner, .escaped:
                self.flush(&glyph, width: width)
                self.appendEscape(scalar)
            case .picture(let picture):
                self.flush(&glyph, width: width)
                self.appendGlyph(String(picture), width: 1, role: .escape)
            case .unknown:
                self.flush(&glyph, width: width)
                self.appendGlyph("\u{FFFD}", width: 1)
            }
        }
        self.flush(&glyph, width: width)
    }

    private enum Kind {
        case base(columns: Int)
        case mark
        case joiner
        case escaped
        case picture(Unicode.Scalar)
        case unknown
    }

    private func classify(_ scalar: Unicode.Scalar) -> Kind {
        let value = scalar.value
        if value >= 0x20, value < 0x7F { return .base(columns: 1) }
        if self.policy.characters == .ascii { return .escaped }
        if value < 0x20 { return .picture(Unicode.Scalar(0x2400 + value) ?? "\u{2426}") }
        if value == 0x7F { return .picture("\u{2421}") }
        switch value {
        case 0x200D, 0xFE00...0xFE0F, 0xE0100...0xE01EF: return .joiner
        case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0: return .escaped
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return .escaped
        case .spaceSeparator where value != 0x3000: return .escaped
        default: break
        }
        if self.policy.escapesRightToLeft, Self.isRightToLeft(value) { return .escaped }
        switch TextWidth.columns(of: scalar) {
        case 0: return .mark
        case .some(let columns): return .base(columns: columns)
        case nil: return .unknown
        }
    }

    /// Whether a joiner is handed to the terminal.
    ///
    /// The zero-width joiner never is: ncurses cannot put two bases into one cell.
    private func keeps(_ joiner: Unicode.Scalar) -> Bool {
        self.policy.widths == .native && joiner != "\u{200D}"
    }

    private static func isRightToLeft(_ value: UInt32) -> Bool {
        switch value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    private mutating func flush(_ glyph: inout String.UnicodeScalarView, width: Int) {
        guard !glyph.isEmpty else { return }
        self.appendGlyph(String(glyph), width: width)
        glyph.removeAll()
    }

    private mutating func appendCut() {
        self.appendGlyph("+", width: 1, role: .escape)
    }

    private mutating func appendEscape(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        let text = scalar.value < 0x100 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
        for character in text { self.appendGlyph(String(character), width: 1, role: .escape) }
    }
}
