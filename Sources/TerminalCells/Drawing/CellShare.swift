// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How much of a length a part gets.
package enum CellShare: Hashable, Sendable {
    /// So many cells, as long as there are any.
    case fixed(Int)
    /// A part of what the fixed ones leave, in proportion to its weight.
    case weight(Int)

    /// The lengths of all parts, in order: none negative, together `total` if there is any weight, never more.
    package static func lengths(_ shares: [CellShare], total: Int) -> [Int] {
        var left = max(0, total)
        var lengths = Array(repeating: 0, count: shares.count)
        for (index, share) in shares.enumerated() {
            guard case .fixed(let wanted) = share else { continue }
            lengths[index] = min(max(0, wanted), left)
            left -= lengths[index]
        }
        var weightLeft = shares.reduce(0) { $0 + $1.weightValue }
        for (index, share) in shares.enumerated() where share.weightValue > 0 {
            lengths[index] = left * share.weightValue / weightLeft
            left -= lengths[index]
            weightLeft -= share.weightValue
        }
        return lengths
    }

    private var weightValue: Int {
        switch self {
        case .fixed: 0
        case .weight(let weight): max(0, weight)
        }
    }
}
