// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// One figure of the second line.
    private struct Tile {
        var label: String
        var value: String
        var role: StyleRole
        /// The largest gives way first.
        var weight: Int
    }

    /// Draws the second line: the price of a hold, the newest figures, and the rate as a small chart in what is left.
    mutating func paintTiles() {
        let area = self.layout.tiles
        let hold = self.state.present.hold
        let price = hold.map { self.price(of: $0, width: area.columns) }
        var tiles = self.tiles
        func line() -> CellLine {
            var line = price ?? self.line()
            for tile in tiles {
                line.append(line.width == 0 ? " " : "  ", Roles.text)
                line.append(tile.label + " ", Roles.dim)
                line.append(tile.value, tile.role)
            }
            return line
        }
        // A figure that is cut reads as another one: those for which there is no room are left out.
        while line().width > area.columns, let largest = tiles.map(\.weight).max(),
            let index = tiles.lastIndex(where: { $0.weight == largest })
        {
            tiles.remove(at: index)
        }
        let shown = line()
        self.put(shown, in: area)
        let room = area.columns - shown.width - 3
        guard room >= 6, hold == nil else { return }
        let series = ChartSeries(self.state.session) { Double($0.records) }
        let spark = Sparkline(series: series, role: Roles.chartRecords).cells(width: min(room, 60), glyphs: self.glyphs)
        self.grid.put(spark, row: area.row, column: area.endColumn - 1 - spark.count)
    }

    private var tiles: [Tile] {
        let session = self.state.session
        let second = session.newestSecond
        let totals = session.totals
        let deed = session.deed
        var tiles: [Tile] = []
        func tile(_ label: String, _ value: String, _ role: StyleRole = Roles.strong, weight: Int) {
            tiles.append(Tile(label: label, value: value, role: role, weight: weight))
        }
        func rate(_ value: String?) -> String { value.map { $0 + "/s" } ?? Figures.unknown }
        tile("in", rate(second.map { Figures.rate(Double($0.records)) }), weight: 0)
        if deed.hasDeletes { tile("del", rate(second.map { Figures.rate(Double($0.deletes)) }), weight: 2) }
        if let word = deed.requestWord { tile(word, rate(second.map { Figures.rate(Double($0.requests)) }), weight: 2) }
        let mean = totals.batches == 0 ? nil : Double(totals.delivered) / Double(totals.batches)
        tile("batch", Figures.rate(mean.map { ($0 * 10).rounded() / 10 }), weight: 4)
        if deed.hasHandlerTime {
            tile("time", Figures.duration(session.newestHandlerTime, ascii: self.glyphs.isASCII), weight: 5)
        }
        let saving = RequestSaving(totals.work)
        if deed.hasCapacity { tile("cap", rate(second.map { Figures.capacity($0.writeCapacityUnits) }), weight: 5) }
        if let pace = session.writePace, pace.isSlowed {
            tile("slowed to", rate(pace.limit.map { Figures.capacity($0) }), Roles.warn, weight: 1)
        }
        let throttles = totals.throttles
        if throttles > 0 {
            tile("throttled", Figures.count(throttles), Roles.warn, weight: 2)
        } else if deed != .observe, self.layout.sizeClass == .large {
            tile("throttled", Figures.count(throttles), Roles.dim, weight: 12)
        }
        if totals.failedReads.count > 0 {
            tile("failed reads", Figures.count(totals.failedReads.count), Roles.warn, weight: 3)
        }
        if deed.hasSaving {
            tile(
                "saved",
                Figures.factor(saving.factor),
                saving.factor == nil ? Roles.dim : Roles.good,
                weight: 3
            )
        }
        tile("err", Figures.count(totals.errors), totals.errors > 0 ? Roles.error : Roles.dim, weight: 1)
        tile("retry", Figures.count(totals.retries), totals.retries > 0 ? Roles.warn : Roles.dim, weight: 6)
        if let polls = session.pollsPerSecond {
            tile("polls", "\(Figures.polls(polls))/s \(Figures.dailyPrice(polls))", weight: 7)
        }
        if self.layout.sizeClass != .small {
            tile("records", Figures.grouped(totals.polled), weight: 8)
            tile("batches", Figures.grouped(totals.batches), weight: 10)
            if deed.hasDeletes { tile("deletes", Figures.grouped(totals.work.itemsDeleted), weight: 9) }
            if let word = deed.requestWord { tile("all \(word)", Figures.grouped(saving.made), weight: 9) }
        }
        if self.layout.sizeClass == .large {
            let state = session.mappingState
            tile("state", state.rawValue, state == .enabled ? Roles.dim : Roles.warn, weight: 13)
            let result = session.lastResult
            tile("result", result.word, result == .failed ? Roles.error : Roles.dim, weight: 14)
            tile("iterator age", Figures.duration(session.iteratorAge, ascii: self.glyphs.isASCII), weight: 15)
            if deed.hasDeletes { tile("requests", Figures.grouped(saving.made), weight: 11) }
            tile(
                "seen before",
                Figures.count(totals.duplicates),
                totals.duplicates > 0 ? Roles.warn : Roles.dim,
                weight: 16
            )
        }
        return tiles
    }
}

extension SessionState {
    /// The newest complete second; nil before the first.
    var newestSecond: SecondSample? {
        self.seconds.last { $0.isSampled && !self.isRunning($0) }
    }

    /// Whether a second is not over yet.
    func isRunning(_ second: SecondSample) -> Bool {
        guard let now = self.asOf else { return true }
        return second.second >= now.milliseconds / 1000
    }
}
