// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What is left out of a text that is too long.
package enum TextFit: Hashable, Sendable {
    /// What does not fit is cut without a sign.
    case clip
    /// The end, with an ellipsis.
    case end
    /// The middle, with an ellipsis: for names that differ at their end.
    case middle
    /// The beginning, with an ellipsis.
    case start
}

/// Where a text stands when there is more room than it needs.
package enum TextAlignment: Hashable, Sendable {
    case leading, center, trailing
}

/// Shortens cells to a number of columns; an ellipsis (`…` or `~`) takes the place of what is left out.
package func truncate(_ cells: [Cell], to width: Int, fit: TextFit = .end, ellipsis: String = "…") -> [Cell] {
    guard width > 0 else { return [] }
    guard cells.columns > width, let first = cells.first else { return cells }
    let mark = Cell(.glyph(ellipsis, width: 1), role: .escape, isSelected: first.isSelected)
    let rest = width - 1
    switch fit {
    case .clip: return prefix(of: cells, columns: width)
    case .end:
        var kept = prefix(of: cells, columns: rest)
        // What was shortened before needs no second sign.
        while kept.last?.content == mark.content { kept.removeLast() }
        return kept + [mark]
    case .start: return [mark] + suffix(of: cells, columns: rest)
    case .middle:
        // The end tells more than the beginning when there is one column to give away.
        let tail = suffix(of: cells, columns: (rest + 1) / 2)
        return prefix(of: cells, columns: rest - tail.columns) + [mark] + tail
    }
}

private func prefix(of cells: [Cell], columns: Int) -> [Cell] {
    var taken = 0
    var end = 0
    while end < cells.count, taken + cells[end].width <= columns {
        taken += cells[end].width
        end += 1
    }
    return Array(cells[..<end])
}

private func suffix(of cells: [Cell], columns: Int) -> [Cell] {
    var taken = 0
    var start = cells.count
    var candidate = cells.count
    while candidate > 0 {
        candidate -= 1
        taken += cells[candidate].width
        guard taken <= columns else { break }
        if cells[candidate].width > 0 { start = candidate }
    }
    return Array(cells[start...])
}
