// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The characters that the program itself draws with; data never chooses among them.
package struct GlyphSet: Hashable, Sendable {
    /// How charts are drawn.
    package enum ChartStyle: Hashable, Sendable {
        /// Two samples a column, four levels a row.
        case braille
        /// One sample a column, eight levels a row.
        case block
        /// One sample a column, seven weights of plain characters.
        case ascii
    }

    /// How charts are drawn.
    package var chartStyle: ChartStyle
    /// Whether all glyphs are printable ASCII.
    package var isASCII: Bool
    /// Edges of boxes.
    package var horizontal, vertical: String
    /// Corners of boxes.
    package var topLeft, topRight, bottomLeft, bottomRight: String
    /// Where a line meets an edge, and where two cross.
    package var teeLeft, teeRight, teeTop, teeBottom, cross: String
    /// In place of what was left out.
    package var ellipsis: String
    /// Marks the row under the cursor.
    package var cursor: String
    /// Directions: of a sort, of more to see.
    package var arrowUp, arrowDown, arrowLeft, arrowRight: String
    /// Between words of one line.
    package var separator: String
    /// A filled and a hollow point.
    package var filledPoint, hollowPoint: String
    /// A held span, a shaded area, a full cell.
    package var shade, full: String
    /// On the axis where a sample is missing.
    package var missing: String
    /// Nine heights of a bar, from nothing to a full cell.
    package var bars: [String]

    /// Whether text from outside may use more than ASCII with these glyphs.
    package var textPolicy: TextPolicy { self.isASCII ? .ascii : .safe }

    /// Boxes, braille charts.
    package static let unicode = GlyphSet(
        chartStyle: .braille,
        isASCII: false,
        horizontal: "─",
        vertical: "│",
        topLeft: "┌",
        topRight: "┐",
        bottomLeft: "└",
        bottomRight: "┘",
        teeLeft: "├",
        teeRight: "┤",
        teeTop: "┬",
        teeBottom: "┴",
        cross: "┼",
        ellipsis: "…",
        cursor: ">",
        arrowUp: "▲",
        arrowDown: "▼",
        arrowLeft: "◀",
        arrowRight: "▶",
        separator: "·",
        filledPoint: "●",
        hollowPoint: "◌",
        shade: "░",
        full: "█",
        missing: "·",
        bars: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    )

    /// As ``unicode``, with charts of block characters: for consoles without braille.
    package static let block: GlyphSet = {
        var glyphs = GlyphSet.unicode
        glyphs.chartStyle = .block
        return glyphs
    }()

    /// Printable ASCII alone.
    package static let ascii = GlyphSet(
        chartStyle: .ascii,
        isASCII: true,
        horizontal: "-",
        vertical: "|",
        topLeft: "+",
        topRight: "+",
        bottomLeft: "+",
        bottomRight: "+",
        teeLeft: "+",
        teeRight: "+",
        teeTop: "+",
        teeBottom: "+",
        cross: "+",
        ellipsis: "~",
        cursor: ">",
        arrowUp: "^",
        arrowDown: "v",
        arrowLeft: "<",
        arrowRight: ">",
        separator: "-",
        filledPoint: "o",
        hollowPoint: ".",
        shade: ":",
        full: "#",
        missing: "'",
        bars: [" ", ".", ":", "-", "=", "=", "+", "*", "#"]
    )

    /// A bar of a height from 0, nothing, to 8, a full cell.
    package func bar(_ eighths: Int) -> String {
        self.bars[min(max(0, eighths), self.bars.count - 1)]
    }

    /// Two bars in one cell, each of a height from 0 to 4 rows of points, from the bottom.
    package static func brailleBars(left: Int, right: Int) -> String {
        let leftDots: [UInt32] = [0, 0x40, 0x44, 0x46, 0x47]
        let rightDots: [UInt32] = [0, 0x80, 0xA0, 0xB0, 0xB8]
        let dots = leftDots[min(max(0, left), 4)] | rightDots[min(max(0, right), 4)]
        guard dots != 0, let scalar = Unicode.Scalar(0x2800 + dots) else { return " " }
        return String(scalar)
    }
}
