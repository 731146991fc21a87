// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// One column of a table.
package struct Column: Hashable, Sendable {
    /// The name for sorting and filtering.
    package var id: String
    /// The heading.
    package var title: String
    /// The smallest number of columns that makes sense.
    package var width: Int
    /// Its share of the room that is left; 0 for a column of fixed width.
    package var growth: Int
    /// The largest number of columns that makes sense; nil: as many as there are.
    package var limit: Int?
    package var alignment: TextAlignment
    package var fit: TextFit
    /// When there is no room the column with the largest figure goes first; 0 never goes.
    package var priority: Int
    /// Whether the largest comes first when sorted.
    package var sortsDescending: Bool
    /// What its figures count.
    package var unit = FigureUnit.none

    package init(
        _ id: String,
        _ title: String,
        _ width: Int,
        growth: Int = 0,
        limit: Int? = nil,
        alignment: TextAlignment = .leading,
        fit: TextFit = .end,
        priority: Int,
        descending: Bool = false
    ) {
        self.id = id
        self.title = title
        self.width = width
        self.growth = growth
        self.limit = limit
        self.alignment = alignment
        self.fit = fit
        self.priority = priority
        self.sortsDescending = descending
    }

    /// A column of figures, aligned to the right, the largest first when sorted.
    package static func figure(
        _ id: String,
        _ title: String,
        _ width: Int,
        priority: Int,
        unit: FigureUnit = .count
    ) -> Column {
        var column = Column(id, title, width, alignment: .trailing, priority: priority, descending: true)
        column.unit = unit
        return column
    }
}

extension Pane {
    /// The columns of the pane's table; none for a pane without one.
    package var columns: [Column] {
        switch self {
        case .overview, .record: []
        case .shards: Self.shardColumns
        case .batches: Self.batchColumns
        case .records: Self.recordColumns
        case .events: Self.eventColumns
        }
    }

    private static let shardColumns = [
        Column("shard", "SHARD", 13, growth: 1, limit: ShardName.columns + 4, fit: .start, priority: 0),
        Column("state", "STATE", 10, priority: 1),
        .figure("lag", "LAG", 7, priority: 2, unit: .seconds),
        .figure("records", "REC/S", 5, priority: 3),
        .figure("batch", "BATCH", 5, priority: 5),
        .figure("deletes", "DEL/S", 5, priority: 4),
        .figure("capacity", "CAP/S", 5, priority: 6),
        .figure("age", "AGE", 6, priority: 8, unit: .seconds),
        Column("checkpoint", "CHECKPT", 7, fit: .start, priority: 7),
        .figure("iterator", "ITERAGE", 7, priority: 9, unit: .seconds),
        Column("result", "RESULT", 7, priority: 10),
        Column("mapping", "MAPPING", 9, priority: 11),
    ]

    private static let batchColumns = [
        .figure("batch", "BATCH", 6, priority: 0),
        Column("at", "FORMED", 9, priority: 9),
        Column("shard", "SHARD", 13, growth: 1, limit: ShardName.columns, fit: .start, priority: 5),
        .figure("records", "REC", 5, priority: 2),
        .figure("size", "SIZE", 6, priority: 6, unit: .bytes),
        .figure("attempts", "TRY", 3, priority: 8),
        .figure("time", "TIME", 6, priority: 3, unit: .seconds),
        .figure("requests", "REQS", 5, priority: 4),
        .figure("capacity", "CAP", 5, priority: 7),
        .figure("fill", "FILL", 4, priority: 11),
        .figure("wait", "WAIT", 6, priority: 12, unit: .seconds),
        Column("closed", "CLOSED", 6, priority: 10),
        Column("result", "RESULT", 8, priority: 1),
    ]

    private static let recordColumns = [
        Column("at", "TIME", 9, priority: 2),
        Column("event", "EVENT", 6, priority: 1),
        Column("key", "KEY", 18, growth: 2, fit: .middle, priority: 0),
        Column("change", "CHANGE", 16, growth: 3, priority: 3),
        .figure("batch", "BATCH", 6, priority: 4),
        .figure("size", "SIZE", 6, priority: 5, unit: .bytes),
        Column("shard", "SHARD", 13, fit: .start, priority: 6),
    ]

    private static let eventColumns = [
        Column("at", "TIME", 13, priority: 2),
        Column("level", "LEVEL", 7, priority: 1),
        Column("code", "WHAT", 11, priority: 3),
        Column("shard", "SHARD", 13, fit: .start, priority: 4),
        Column("message", "MESSAGE", 28, growth: 1, priority: 0),
    ]
}
