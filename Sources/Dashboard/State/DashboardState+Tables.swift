// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession
import TerminalCells

extension DashboardState {
    /// The number of rows a table would have without a filter.
    func rowCount(_ pane: Pane) -> Int {
        switch pane {
        case .shards: self.session.shards.count
        case .batches: self.session.batches.count
        case .records: self.session.records.count
        case .events: self.session.log.count
        case .overview, .record: 0
        }
    }

    /// Rows that were there and are no longer kept.
    func droppedCount(_ pane: Pane) -> Int {
        switch pane {
        case .batches: self.session.batches.droppedCount
        case .records: self.session.records.droppedCount
        case .events: self.session.log.droppedCount
        case .overview, .shards, .record: 0
        }
    }

    /// The identity of the row at a place in the session's own list.
    func rowID(_ pane: Pane, _ index: Int) -> RowID {
        switch pane {
        case .shards: .shard(self.session.shards[index].description.id)
        case .batches: .batch(self.session.batches[index].description.id)
        case .records: .record(self.session.records[index].record.eventID, self.session.records[index].batch)
        case .events, .overview, .record: .event(self.session.log[index].sequence)
        }
    }

    /// What stands in a column of the row at a place in the session's own list.
    func field(_ pane: Pane, _ index: Int, _ column: String) -> Field {
        switch pane {
        case .shards:
            let depths = self.view.shardDepths
            return ShardFields(
                shard: self.session.shards[index],
                mappingState: self.session.mappingState(of: self.session.shards[index]),
                lag: self.session.lag(of: self.session.shards[index]),
                depth: depths.indices.contains(index) ? depths[index] : 0,
                isSlowed: self.session.writePace?.isSlowed == true,
                now: self.session.asOf,
                startedAt: self.session.startedAt,
                glyphs: self.options.glyphs
            ).field(column)
        case .batches:
            return BatchFields(
                batch: self.session.batches[index],
                limit: self.session.description?.batchSize,
                isSlowed: self.session.writePace?.isSlowed == true,
                glyphs: self.options.glyphs
            ).field(column)
        case .records:
            return RecordFields(
                entry: self.session.records[index],
                keyNames: self.keyNames,
                glyphs: self.options.glyphs
            ).field(column)
        case .events: return EventFields(entry: self.session.log[index], glyphs: self.options.glyphs).field(column)
        case .overview, .record: return Field("")
        }
    }

    /// The columns of a pane's table that say something of this session.
    func columns(_ pane: Pane) -> [Column] {
        let deed = self.session.deed
        return pane.columns.filter { column in
            switch column.id {
            case "deletes": deed.hasDeletes
            case "capacity": deed.hasCapacity
            case "requests": deed.hasRequests
            default: true
            }
        }
    }

    /// The names of the key attributes; empty while unknown.
    var keyNames: [String] { self.session.description?.keyNames ?? [] }

    /// The record that the Record pane shows.
    package var selectedRecord: RecordEntry? {
        guard let table = self.view.tables[.records], table.rows.indices.contains(table.position) else { return nil }
        return self.session.records[table.rows[table.position]]
    }

    /// The place in the session's own list of a table's selected row.
    func selectedIndex(_ pane: Pane) -> Int? {
        guard let table = self.view.tables[pane], table.rows.indices.contains(table.position) else { return nil }
        return table.rows[table.position]
    }

    /// Works out the rows of all tables, their order, and what is selected in them.
    mutating func refreshTables(becauseOfData: Bool = false) {
        self.view.shardDepths = Array(repeating: 0, count: self.session.shards.count)
        for (index, depth) in self.session.shardFamilies { self.view.shardDepths[index] = depth }
        for pane in Pane.tables { self.refreshTable(pane, becauseOfData: becauseOfData) }
    }

    /// Works out the rows of one table.
    mutating func refreshTable(_ pane: Pane, becauseOfData: Bool = false) {
        guard var table = self.view.tables[pane] else { return }
        var rows = self.baseOrder(pane)
        table.total = rows.count
        if let filter = table.filter { rows = rows.filter { self.matches(filter, pane, $0) } }
        if let column = table.sortColumn { rows = self.sorted(rows, pane, by: column, &table) }
        table.rows = rows
        self.select(in: &table, pane, becauseOfData: becauseOfData)
        self.view.tables[pane] = table
        self.fitScroll(pane)
        if pane == .records { self.noticeRecord() }
    }

    private func baseOrder(_ pane: Pane) -> [Int] {
        switch pane {
        case .shards: self.session.shardFamilies.map(\.index)
        case .batches: Array((0..<self.rowCount(pane)).reversed())
        default: Array(0..<self.rowCount(pane))
        }
    }

    private mutating func select(in table: inout TableState, _ pane: Pane, becauseOfData: Bool) {
        guard !table.rows.isEmpty else {
            table.position = 0
            if table.total == 0 { table.selection = nil }
            return
        }
        if table.isFollowing {
            table.position = pane == .batches ? 0 : table.rows.count - 1
        } else if let selection = table.selection {
            if let position = table.rows.firstIndex(where: { self.rowID(pane, $0) == selection }) {
                table.position = position
            } else {
                table.position = min(table.position, table.rows.count - 1)
                if becauseOfData, pane == self.view.focus {
                    self.say("the selected row is no longer kept; its neighbour is selected")
                }
            }
        } else {
            table.position = min(table.position, table.rows.count - 1)
        }
        table.selection = self.rowID(pane, table.rows[table.position])
    }

    // MARK: Order

    private func sorted(_ rows: [Int], _ pane: Pane, by column: String, _ table: inout TableState) -> [Int] {
        if let until = table.orderHeldUntil {
            guard let now = self.session.asOf, now >= until else {
                return self.ordered(rows, pane, like: table.heldOrder)
            }
            table.orderHeldUntil = nil
            table.heldOrder = []
        }
        let isDescending = (pane.columns.first { $0.id == column }?.sortsDescending ?? false) != table.isReversed
        let fields = rows.enumerated().map {
            (place: $0.offset, index: $0.element, field: self.field(pane, $0.element, column))
        }
        return fields.sorted { left, right in
            switch (left.field.figure, right.field.figure) {
            case (let first?, let second?) where first != second: return (first < second) != isDescending
            case (.some, nil): return true
            case (nil, .some): return false
            default: break
            }
            if !left.field.isFigure, left.field.text != right.field.text {
                return (left.field.text < right.field.text) != isDescending
            }
            return left.place < right.place
        }.map(\.index)
    }

    private func ordered(_ rows: [Int], _ pane: Pane, like order: [RowID]) -> [Int] {
        var places: [RowID: Int] = [:]
        for (place, id) in order.enumerated() where places[id] == nil { places[id] = place }
        let keyed = rows.enumerated().map {
            (key: (places[self.rowID(pane, $0.element)] ?? .max, $0.offset), index: $0.element)
        }
        return keyed.sorted { $0.key < $1.key }.map(\.index)
    }

    // MARK: Filter

    private mutating func matches(_ filter: Filter, _ pane: Pane, _ index: Int) -> Bool {
        guard pane == .records else { return self.matchesNow(filter, pane, index) }
        // A record does not change and is costly to look into.
        let id = self.rowID(pane, index)
        if let known = self.view.recordMatches[id] { return known }
        let matches = self.matchesNow(filter, pane, index)
        if self.view.recordMatches.count > 4 * self.session.records.limit { self.view.recordMatches = [:] }
        self.view.recordMatches[id] = matches
        return matches
    }

    private func matchesNow(_ filter: Filter, _ pane: Pane, _ index: Int) -> Bool {
        if pane == .records {
            let fields = RecordFields(
                entry: self.session.records[index],
                keyNames: self.keyNames,
                glyphs: self.options.glyphs
            )
            return filter.matches(texts: fields.texts(of:), compares: fields.compares, finds: fields.has)
        }
        return filter.matches { column in
            guard let column else {
                return pane.columns.map { self.field(pane, index, $0.id).text } + self.details(pane, index)
            }
            return [self.fullText(pane, index, column)]
        } compares: { column, comparison, value in
            let field = self.field(pane, index, column)
            let unit = pane.columns.first { $0.id == column }?.unit ?? .none
            // What the table shows is equal to itself, however it was rounded.
            if comparison == .equals, self.fullText(pane, index, column).lowercased() == value.lowercased() {
                return true
            }
            guard let figure = field.figure, let wanted = unit.value(of: value) else { return false }
            return comparison.holds(figure, wanted)
        }
    }

    /// A column's text without the shortening that only the table needs.
    private func fullText(_ pane: Pane, _ index: Int, _ column: String) -> String {
        switch (pane, column) {
        case (.shards, "shard"): self.session.shards[index].description.id.text
        case (.batches, "shard"): self.session.batches[index].description.shard.text
        case (.events, "shard"): self.session.log[index].shard?.text ?? ""
        case (.events, "message"): self.session.log[index].message
        default: self.field(pane, index, column).text
        }
    }

    /// Texts that a plain word finds although no column shows them.
    private func details(_ pane: Pane, _ index: Int) -> [String] {
        switch pane {
        case .shards:
            [self.session.shards[index].description.id.text, self.session.shards[index].lastProblem].compactMap(\.self)
        case .batches:
            [self.session.batches[index].description.shard.text, self.session.batches[index].lastFailure]
                .compactMap(\.self)
        case .events: [self.session.log[index].shard?.text, self.session.log[index].message].compactMap(\.self)
        default: []
        }
    }
}

extension Filter.Comparison {
    /// Whether two values compare so.
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .contains, .equals: left == right
        case .atLeast: left >= right
        case .atMost: left <= right
        case .above: left > right
        case .below: left < right
        }
    }
}
