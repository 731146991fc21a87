// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of the screen among which the focus moves.
package enum Pane: Int, Hashable, Sendable, CaseIterable {
    case overview = 1
    case shards, batches, records, record, events

    /// The pane's name.
    package var title: String {
        switch self {
        case .overview: "Overview"
        case .shards: "Shards"
        case .batches: "Batches"
        case .records: "Records"
        case .record: "Record"
        case .events: "Events"
        }
    }

    /// Panes that are a table with a selected row.
    package static let tables: [Pane] = [.shards, .batches, .records, .events]

    /// Whether the pane is a table with a selected row.
    package var isTable: Bool { Self.tables.contains(self) }

    /// The pane some places further on, around the end.
    package func advanced(by offset: Int) -> Pane {
        let count = Self.allCases.count
        let index = ((self.rawValue - 1 + offset) % count + count) % count
        return Self.allCases[index]
    }
}
