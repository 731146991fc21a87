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
    private func headCandidates() -> [CellLine] {
        let description = self.state.session.description
        let table = description?.tableName ?? self.state.options.title
        let endpoint = description?.endpoint ?? self.state.options.endpoint
        let bare = endpoint.map { text in
            ["http://", "https://"].first { text.hasPrefix($0) }.map { String(text.dropFirst($0.count)) } ?? text
        }
        let shards = self.state.session.shards
        let counted = shards.isEmpty ? "" : "\(self.state.session.openShardCount)/\(shards.count)"
        var candidates: [CellLine] = []
        for step in 0..<6 {
            var line = self.line()
            let mode = self.mode
            line.append(" \(mode.text) ", mode.role)
            line.append("  ", Roles.text)
            let name = step < 5 ? table : String(table.prefix(12))
            line.append(name, Roles.strong)
            var parts: [(String, StyleRole)] = []
            if step < 3 || endpoint == nil, let region = description?.region { parts.append((region, Roles.text)) }
            if let profile = description?.profile { parts.append((profile, Roles.profile)) }
            if let endpoint { parts.append((step < 5 ? endpoint : bare ?? endpoint, Roles.text)) }
            if !counted.isEmpty { parts.append((step < 4 ? "\(counted) shards" : counted, Roles.text)) }
            if step < 1, let description { parts.append((description.handler, Roles.dim)) }
            if step < 2, self.state.options.isReadOnly { parts.append(("read-only", Roles.warn)) }
            for (text, role) in parts where !text.isEmpty {
                line.append(" \(self.glyphs.separator) ", Roles.dim)
                line.append(text, role)
            }
            candidates.append(line)
        }
        return candidates
    }

    /// Draws the second line: the newest figures, and the rate as a small chart in what is left.
    mutating func paintTiles() {
        let area = self.layout.tiles
        let session = self.state.session
        let second = session.newestSecond
        let totals = session.totals
        var line = self.line()
        func tile(_ label: String, _ value: String, _ role: StyleRole = Roles.strong) {
            line.append(line.width == 0 ? " " : "  ", Roles.text)
            line.append(label + " ", Roles.dim)
            line.append(value, role)
        }
        func rate(_ value: String?) -> String { value.map { $0 + "/s" } ?? Figures.unknown }
        tile("in", rate(second.map { Figures.rate(Double($0.records)) }))
        tile("del", rate(second.map { Figures.rate(Double($0.deletes)) }))
        let mean = totals.batches == 0 ? nil : Double(totals.delivered) / Double(totals.batches)
        tile("batch", Figures.rate(mean.map { ($0 * 10).rounded() / 10 }))
        tile("cap", rate(second.map { Figures.capacity($0.writeCapacityUnits) }))
        let saving = RequestSaving(totals.work)
        tile("saved", Figures.factor(saving.factor), saving.factor == nil ? Roles.dim : Roles.good)
        tile("err", Figures.count(totals.errors), totals.errors > 0 ? Roles.error : Roles.dim)
        tile("retry", Figures.count(totals.retries), totals.retries > 0 ? Roles.warn : Roles.dim)
        if self.layout.sizeClass != .small {
            tile("records", Figures.grouped(totals.polled))
            tile("batches", Figures.grouped(totals.batches))
            tile("deleted", Figures.grouped(totals.work.itemsDeleted))
        }
        if self.layout.sizeClass == .large {
            tile("requests", Figures.grouped(saving.made))
            tile("throttled", Figures.count(totals.work.throttles), totals.work.throttles > 0 ? Roles.warn : Roles.dim)
            tile("seen before", Figures.count(totals.duplicates), totals.duplicates > 0 ? Roles.warn : Roles.dim)
        }
        let room = area.columns - line.width - 3
        if room >= 6 {
            let series = ChartSeries(session) { Double($0.records) }
            let spark = Sparkline(series: series, role: Roles.chartRecords).cells(
                width: min(room, 60),
                glyphs: self.glyphs
            )
            self.put(line, in: area)
            self.grid.put(spark, row: area.row, column: area.endColumn - 1 - spark.count)
        } else {
            self.put(line, in: area)
        }
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
