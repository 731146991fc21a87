// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// The mode in a word, and its role.
    var mode: (text: String, role: StyleRole) {
        let newest = self.state.newest
        if self.state.isFrozen { return ("FROZEN", Roles.modeFrozen) }
        guard let now = newest.asOf else { return ("WAITING", Roles.modeOffline) }
        if newest.endedBecause != nil { return ("ENDED", Roles.modeEnded) }
        if let hold = newest.hold { return ("PAUSED \(Figures.stopwatch(now.since(hold.since)))", Roles.modePaused) }
        guard let silence = newest.silence else { return ("LIVE", Roles.modeLive) }
        // What is on the screen is as old as the newest answer.
        let age = "(stale \(Figures.wholeSeconds(silence)))"
        return silence < Self.offlineAfter ? ("LIVE \(age)", Roles.modeOffline) : ("OFFLINE \(age)", Roles.modeOffline)
    }

    /// How long a service that is asked may be silent before it counts as out of reach.
    static var offlineAfter: Duration { .seconds(10) }

    /// Draws the first line: mode, stream, where it is, shards; lag and clock on the right.
    mutating func paintHead() {
        let area = self.layout.head
        let right = self.headRight()
        let room = max(0, area.columns - right.width - 1)
        let candidates = self.headCandidates()
        let left = candidates.first { $0.width <= room } ?? candidates.last ?? self.line()
        self.put(left, in: area.splitColumns(room).first)
        self.put(right, in: area.splitColumns(room).rest, .trailing)
    }

    private func headRight() -> CellLine {
        let session = self.state.session
        var line = self.line()
        let lag = session.lag
        line.append("lag ", Roles.dim)
        line.append(
            Figures.lag(lag, ascii: self.glyphs.isASCII),
            lag.map { $0.duration >= .seconds(60) } == true ? Roles.warn : Roles.strong
        )
        line.append("  ", Roles.text)
        line.append(Figures.clock(session.asOf), Roles.text)
        if session.missingEvents > 0 {
            line.append("  \(Figures.count(session.missingEvents)) events missing", Roles.warn)
        }
        line.append(" ", Roles.text)
        return line
    }

    /// Ways to say where we are, the longest first: what gives way first is what people need least.
    ///
    /// What is left in the end: the mode, the table, and that the session deletes.
    private func headCandidates() -> [CellLine] {
        let description = self.state.session.description
        let table = description?.tableName ?? self.state.options.title
        let endpoint = description?.endpoint ?? self.state.options.endpoint
        let bare = endpoint.map { text in
            ["http://", "https://"].first { text.hasPrefix($0) }.map { String(text.dropFirst($0.count)) } ?? text
        }
        let shards = self.state.session.shards
        let counted = shards.isEmpty ? "" : "\(self.state.session.openShardCount)/\(shards.count)"
        let isWriting = description?.handlerWrites == true
        let handler = description?.handler ?? ""
        // Its first word: delete, or what else a handler that writes is called.
        let action = isWriting ? handler.hasPrefix("delete") ? "deletes" : String(handler.prefix { $0 != " " }) : ""
        return (0..<9).map { step in
            var line = self.line()
            let mode = self.mode
            line.append(" \(mode.text) ", mode.role)
            line.append("  ", Roles.text)
            if step < 6 {
                line.append(table, Roles.strong)
            } else {
                line.append(
                    table,
                    Roles.strong,
                    width: min(12, table.count),
                    fit: .middle,
                    ellipsis: self.glyphs.ellipsis
                )
            }
            var parts: [(String, StyleRole)] = []
            if step < 3 || (step < 7 && endpoint == nil) { parts.append((description?.region ?? "", Roles.text)) }
            if step < 7 { parts.append((description?.profile ?? "", Roles.profile)) }
            if step < 8, let endpoint { parts.append((step < 5 ? endpoint : bare ?? endpoint, Roles.text)) }
            if step < 7, !counted.isEmpty { parts.append((step < 4 ? "\(counted) shards" : counted, Roles.text)) }
            parts.append((step < 1 ? handler : action, isWriting ? Roles.warn : Roles.dim))
            if step < 2, self.state.options.isReadOnly { parts.append(("read-only", Roles.warn)) }
            for (text, role) in parts where !text.isEmpty {
                line.append(" \(self.glyphs.separator) ", Roles.dim)
                line.append(text, role)
            }
            return line
        }
    }

    /// One figure of the second line.
    private struct Tile {
        var label: String
        var value: String
        var role: StyleRole
        /// The largest gives way first.
        var weight: Int
    }

    /// Draws the second line: the newest figures, and the rate as a small chart in what is left.
    mutating func paintTiles() {
        let area = self.layout.tiles
        var tiles = self.tiles
        func line() -> CellLine {
            var line = self.line()
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
        guard room >= 6 else { return }
        let series = ChartSeries(self.state.session) { Double($0.records) }
        let spark = Sparkline(series: series, role: Roles.chartRecords).cells(width: min(room, 60), glyphs: self.glyphs)
        self.grid.put(spark, row: area.row, column: area.endColumn - 1 - spark.count)
    }

    private var tiles: [Tile] {
        let session = self.state.session
        let second = session.newestSecond
        let totals = session.totals
        let isWriting = session.isWriting
        var tiles: [Tile] = []
        func tile(_ label: String, _ value: String, _ role: StyleRole = Roles.strong, weight: Int) {
            tiles.append(Tile(label: label, value: value, role: role, weight: weight))
        }
        func rate(_ value: String?) -> String { value.map { $0 + "/s" } ?? Figures.unknown }
        tile("in", rate(second.map { Figures.rate(Double($0.records)) }), weight: 0)
        if isWriting { tile("del", rate(second.map { Figures.rate(Double($0.deletes)) }), weight: 2) }
        let mean = totals.batches == 0 ? nil : Double(totals.delivered) / Double(totals.batches)
        tile("batch", Figures.rate(mean.map { ($0 * 10).rounded() / 10 }), weight: 4)
        let saving = RequestSaving(totals.work)
        if isWriting {
            tile("cap", rate(second.map { Figures.capacity($0.writeCapacityUnits) }), weight: 5)
            if let pace = session.writePace, pace.isSlowed {
                tile("slowed to", rate(pace.limit.map { Figures.capacity($0) }), Roles.warn, weight: 1)
            }
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
            if isWriting { tile("deletes", Figures.grouped(totals.work.itemsDeleted), weight: 9) }
        }
        if self.layout.sizeClass == .large {
            let state = session.mappingState
            tile("state", state.rawValue, state == .enabled ? Roles.dim : Roles.warn, weight: 13)
            let result = session.lastResult
            tile("result", result.word, result == .failed ? Roles.error : Roles.dim, weight: 14)
            tile("iterator age", Figures.duration(session.iteratorAge, ascii: self.glyphs.isASCII), weight: 15)
            if isWriting { tile("requests", Figures.grouped(saving.made), weight: 11) }
            let throttles = totals.work.throttles
            tile("throttled", Figures.count(throttles), throttles > 0 ? Roles.warn : Roles.dim, weight: 12)
            tile(
                "seen before",
                Figures.count(totals.duplicates),
                totals.duplicates > 0 ? Roles.warn : Roles.dim,
                weight: 16
            )
        }
        return tiles
    }

    /// Draws the names of the panes, the one in focus marked.
    mutating func paintTabs() {
        let area = self.layout.tabs
        guard !area.isEmpty else { return }
        var line = self.line()
        for pane in Pane.allCases {
            let isActive = pane == self.state.view.focus
            line.append(" \(pane.rawValue) \(pane.title) ", isActive ? Roles.tabActive : Roles.tab)
            let problems = pane == .events ? self.state.unseenErrors : 0
            if problems > 0 { line.append("\(Figures.count(problems))! ", Roles.error) }
        }
        self.put(line, in: area)
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
