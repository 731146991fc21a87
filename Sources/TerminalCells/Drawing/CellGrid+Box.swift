// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A text on the edge of a box.
package struct BoxCaption: Hashable, Sendable {
    /// Where it stands.
    package enum Place: Hashable, Sendable {
        case topLeading, topTrailing, bottomLeading, bottomTrailing
    }

    /// The text, made safe when it is drawn.
    package var text: String
    /// What it means.
    package var role: StyleRole
    /// Where it stands.
    package var place: Place
    /// Whether the theme's selection is laid over it.
    package var isSelected: Bool

    /// Creates a caption.
    package init(_ text: String, role: StyleRole, place: Place = .topLeading, isSelected: Bool = false) {
        self.text = text
        self.role = role
        self.place = place
        self.isSelected = isSelected
    }
}

extension CellGrid {
    /// Draws a box on the edge of an area, its captions in the upper and lower line.
    ///
    /// A leading caption is shortened before a trailing one is left out; in an area less than two cells high or wide
    /// nothing is drawn.
    /// ```
    /// ┌ Shards ───────── 14 of 17 ┐
    /// └──────────────────── 1/14 ─┘
    /// ```
    /// - Returns: the area inside.
    @discardableResult
    package mutating func drawBox(
        _ rect: CellRect,
        role: StyleRole,
        captions: [BoxCaption] = [],
        glyphs: GlyphSet = .unicode
    ) -> CellRect {
        guard rect.rows >= 2, rect.columns >= 2 else { return rect.interior }
        let inner = rect.interior
        let last = rect.endRow - 1
        self.fill(
            CellRect(row: rect.row, column: inner.column, rows: 1, columns: inner.columns),
            with: glyphs.horizontal,
            role: role
        )
        self.fill(
            CellRect(row: last, column: inner.column, rows: 1, columns: inner.columns),
            with: glyphs.horizontal,
            role: role
        )
        for column in [rect.column, rect.endColumn - 1] {
            self.fill(
                CellRect(row: inner.row, column: column, rows: inner.rows, columns: 1),
                with: glyphs.vertical,
                role: role
            )
        }
        let corners = [
            (rect.row, rect.column, glyphs.topLeft), (rect.row, rect.endColumn - 1, glyphs.topRight),
            (last, rect.column, glyphs.bottomLeft), (last, rect.endColumn - 1, glyphs.bottomRight),
        ]
        for (row, column, glyph) in corners {
            self.put([Cell(.glyph(glyph, width: 1), role: role)], row: row, column: column)
        }
        let top = CellRect(row: rect.row, column: inner.column, rows: 1, columns: inner.columns)
        let bottom = CellRect(row: last, column: inner.column, rows: 1, columns: inner.columns)
        self.drawCaptions(captions, .topLeading, .topTrailing, in: top, glyphs: glyphs)
        self.drawCaptions(captions, .bottomLeading, .bottomTrailing, in: bottom, glyphs: glyphs)
        return inner
    }

    private mutating func drawCaptions(
        _ captions: [BoxCaption],
        _ leading: BoxCaption.Place,
        _ trailing: BoxCaption.Place,
        in line: CellRect,
        glyphs: GlyphSet
    ) {
        /// What a leading caption is left with before a trailing one gives way.
        let leadingMinimum = 8
        let first = captions.filter { $0.place == leading }.flatMap { self.cells(of: $0, glyphs: glyphs) }
        let second = captions.filter { $0.place == trailing }.flatMap { self.cells(of: $0, glyphs: glyphs) }
        var room = line.columns
        if !second.isEmpty, second.columns + min(first.columns, leadingMinimum) < room {
            room -= second.columns + 1
            self.put(second, row: line.row, column: line.endColumn - second.columns)
        }
        self.put(truncate(first, to: room, ellipsis: glyphs.ellipsis), row: line.row, column: line.column, width: room)
    }

    private func cells(of caption: BoxCaption, glyphs: GlyphSet) -> [Cell] {
        guard !caption.text.isEmpty else { return [] }
        return displayCells(
            " \(caption.text) ",
            role: caption.role,
            isSelected: caption.isSelected,
            policy: glyphs.textPolicy
        )
    }
}
