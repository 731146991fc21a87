// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

/// One box of the overview.
private enum OverviewBox {
    case records, deletes, capacity, requestRate, requests, handlerTime, lag, batches
}

extension HandlerDeed {
    /// The boxes that say something of it, what tells most first.
    fileprivate var boxes: [OverviewBox] {
        switch self {
        case .observe: [.records, .lag, .batches]
        case .delete: [.records, .deletes, .capacity, .requests, .lag, .batches]
        case .aggregate: [.records, .requestRate, .capacity, .requests, .lag, .batches]
        case .deleteObjects: [.records, .deletes, .handlerTime, .requests, .lag, .batches]
        case .command, .function, .other: [.records, .requestRate, .handlerTime, .lag, .batches]
        }
    }
}

extension ScreenPainter {
    /// Draws the charts: as many as fit, in rows of equal boxes.
    mutating func paintOverview(in rect: CellRect) {
        let all = self.state.session.deed.boxes
        let isStrip = rect.rows < 12
        let across = isStrip ? max(1, min(all.count, rect.columns / 30)) : rect.columns >= 150 || all.count <= 3 ? 3 : 2
        let boxes = isStrip ? Array(all.prefix(across)) : all
        let down = (boxes.count + across - 1) / across
        let rows = rect.dividedRows(Array(repeating: .weight(1), count: down))
        for (index, box) in boxes.enumerated() {
            // The boxes of the last row share its whole width.
            let beside = min(across, boxes.count - index / across * across)
            let cells = rows[index / across].dividedColumns(Array(repeating: .weight(1), count: beside))
            let hidden = index == boxes.count - 1 && boxes.count < all.count ? "z: all \(all.count) charts" : ""
            self.paint(box, in: cells[index % across], isFirst: index == 0, hint: hidden)
        }
    }

    private func title(of box: OverviewBox) -> String {
        let deed = self.state.session.deed
        return switch box {
        case .records: "records/s"
        case .deletes: deed == .deleteObjects ? "objects deleted/s" : "deletes/s"
        case .capacity: "capacity units/s"
        case .requestRate: "\(deed.requestWord ?? "requests")/s"
        case .requests: "requests"
        case .handlerTime: "handler time"
        case .lag: "lag"
        case .batches: "batch sizes"
        }
    }

    private mutating func paint(_ box: OverviewBox, in rect: CellRect, isFirst: Bool, hint: String) {
        let isFocused = self.state.view.focus == .overview
        let title =
            isFirst ? "\(Pane.overview.rawValue) \(Pane.overview.title): \(self.title(of: box))" : self.title(of: box)
        let inside = self.grid.drawBox(
            rect,
            role: isFocused ? Roles.borderFocus : Roles.border,
            captions: [
                BoxCaption(title, role: isFirst && isFocused ? Roles.titleFocus : Roles.title),
                BoxCaption(self.current(box), role: Roles.strong, place: .topTrailing),
                BoxCaption(hint, role: Roles.dim, place: .bottomTrailing),
            ],
            glyphs: self.glyphs
        )
        guard !inside.isEmpty else { return }
        guard self.state.session.asOf != nil else {
            self.paintEmpty(["nothing measured yet"], in: inside)
            return
        }
        switch box {
        case .batches: self.paintBatchSizes(in: inside)
        case .requests: self.paintRequests(in: inside)
        case .records, .deletes, .capacity, .requestRate, .handlerTime, .lag:
            var chart = self.chart(box)
            if self.state.past != nil { chart.end = "then" }
            chart.draw(in: inside, of: &self.grid, glyphs: self.glyphs)
        }
    }

    private func chart(_ box: OverviewBox) -> Chart {
        let session = self.state.session
        switch box {
        case .deletes:
            return Chart(series: ChartSeries(session) { Double($0.deletes) }, role: Roles.chartDeletes, floor: 10) {
                Figures.rate($0)
            }
        case .capacity:
            let limit = session.description?.writeCapacityBound
            return Chart(
                series: ChartSeries(session) { $0.writeCapacityUnits },
                role: Roles.chartCapacity,
                limit: limit.map(Double.init),
                floor: 10
            ) { Figures.rate($0) }
        case .requestRate:
            return Chart(series: ChartSeries(session) { Double($0.requests) }, role: Roles.chartDeletes, floor: 10) {
                Figures.rate($0)
            }
        case .handlerTime:
            let series = ChartSeries(session) { ($0.handlerTime ?? .zero).inSeconds }
            return Chart(series: series, role: Roles.chartBatch, floor: 0.01, format: Self.time)
        case .lag:
            return Chart(series: ChartSeries(session) { $0.lag?.inSeconds }, role: Roles.chartLag, format: Self.time)
        case .records, .batches, .requests:
            return Chart(series: ChartSeries(session) { Double($0.records) }, role: Roles.chartRecords, floor: 10) {
                Figures.rate($0)
            }
        }
    }

    /// Seconds on an axis.
    @Sendable private static func time(_ seconds: Double) -> String {
        let text = Figures.duration(.milliseconds(Int64(min(seconds, 1e12) * 1000)))
        return text.hasSuffix(".0s") ? text.dropLast(3) + "s" : text
    }

    /// The current value of a box, for its upper edge.
    private func current(_ box: OverviewBox) -> String {
        let session = self.state.session
        switch box {
        case .records, .deletes, .requestRate: return Figures.rate(self.chart(box).series.current)
        case .capacity:
            let current = Figures.capacity(self.chart(box).series.current)
            return session.description?.writeCapacityBound.map { "\(current) of \(Figures.count($0))" } ?? current
        case .handlerTime: return Figures.duration(session.newestHandlerTime, ascii: self.glyphs.isASCII)
        // The figure of the first line: two of them that differ by a second would make people wonder.
        case .lag: return Figures.lag(session.lag, ascii: self.glyphs.isASCII)
        case .batches:
            return session.batches.last.map { "newest \(Figures.count($0.recordCount))" } ?? Figures.unknown
        case .requests: return Figures.factor(RequestSaving(session.totals.work).factor) + " fewer"
        }
    }

    /// Draws the number of batches by their size: a bar a class, its largest size below.
    private mutating func paintBatchSizes(in area: CellRect) {
        let counts = self.state.session.batchSizes.counts
        guard let largest = counts.max(), largest > 0 else {
            self.paintEmpty(["no batch yet"], in: area)
            return
        }
        let (plot, labels) = area.splitRows(area.rows >= 3 ? -1 : area.rows)
        let step = max(1, area.columns / counts.count)
        let inset = max(0, (area.columns - step * counts.count) / 2)
        let ramp = Roles.ramp(Roles.chartBatch)
        for (index, count) in counts.enumerated() {
            let column = area.column + inset + index * step
            let width = max(1, step - 1)
            let bound = BatchSizeHistogram.upperBounds[index]
            let name = bound >= 1000 ? "\(bound / 1000)k" : String(bound)
            // A bound that does not fit is left out: one that is cut reads as another one.
            self.grid.put(
                name.utf8.count <= width ? name : "",
                row: labels.row,
                column: column,
                width: labels.isEmpty ? 0 : width,
                role: Roles.axis,
                alignment: .center,
                fit: .clip,
                glyphs: self.glyphs
            )
            guard count > 0 else { continue }
            let top = plot.rows > 2 ? plot.rows - 1 : plot.rows
            let eighths = max(1, Int((Double(count) / Double(largest) * Double(top * 8)).rounded(.up)))
            for row in 0..<top where eighths > row * 8 {
                self.grid.fill(
                    CellRect(row: plot.endRow - 1 - row, column: column, rows: 1, columns: width),
                    with: self.glyphs.bar(min(8, eighths - row * 8)),
                    role: ramp[min(2, row * 3 / max(1, top))]
                )
            }
            let labelRow = plot.endRow - 1 - (eighths + 7) / 8
            // A figure that does not fit is left out: one that is cut reads as another one.
            guard plot.rows > 2, labelRow >= plot.row, let figure = Figures.count(count, within: width) else {
                continue
            }
            self.grid.put(
                figure,
                row: labelRow,
                column: column,
                width: width,
                role: Roles.strong,
                alignment: .center,
                fit: .clip,
                glyphs: self.glyphs
            )
        }
    }

    /// Draws what batching saved: two bars to one scale.
    private mutating func paintRequests(in area: CellRect) {
        let saving = RequestSaving(self.state.session.totals.work)
        guard saving.made > 0 || saving.single > 0 else {
            self.paintEmpty(["no request yet"], in: area)
            return
        }
        let largest = max(saving.made, saving.single, 1)
        let rows: [(String, Int, StyleRole)] = [
            ("one by one", saving.single, Roles.chartSpent), ("made", saving.made, Roles.chartSaved),
        ]
        let top = max(0, (area.rows - 4) / 2)
        let figure = max(7, Figures.grouped(largest).count)
        for (index, (label, value, role)) in rows.enumerated() {
            let line = area.line(top + index)
            guard !line.isEmpty else { return }
            self.grid.put(
                label,
                row: line.row,
                column: line.column + 1,
                width: 10,
                role: Roles.dim,
                glyphs: self.glyphs
            )
            let room = max(0, line.columns - 14 - figure)
            let length = value == 0 ? 0 : max(1, value * room / largest)
            self.grid.fill(
                CellRect(row: line.row, column: line.column + 12, rows: 1, columns: min(length, room)),
                with: self.glyphs.full,
                role: role
            )
            self.grid.put(
                Figures.grouped(value),
                row: line.row,
                column: line.endColumn - figure - 1,
                width: figure,
                role: Roles.strong,
                alignment: .trailing,
                glyphs: self.glyphs
            )
        }
        var words = self.line()
        words.append(" ", Roles.text)
        words.append(Figures.factor(saving.factor), Roles.good)
        words.append(saving.saved >= 0 ? " fewer: " : " as many: ", Roles.dim)
        words.append(Figures.grouped(max(0, saving.saved)), Roles.good)
        // Where there is no room for the word the figure stays whole.
        words.append(words.width + 15 <= area.columns ? " requests saved" : " saved", Roles.dim)
        self.put(words, in: area.line(top + 2))
        self.put(self.cost(made: saving.made), in: area.line(top + 3))
    }

    /// What the requests have taken, and for what.
    private func cost(made: Int) -> CellLine {
        let session = self.state.session
        let work = session.totals.work
        var cost = self.line()
        cost.append(" ", Roles.text)
        if session.deed.hasCapacity {
            // Beside the number of deletes in full it is in full as well.
            let units = work.writeCapacityUnits
            cost.append(units < 1000 ? Figures.capacity(units) : Figures.grouped(Int(units.rounded())), Roles.strong)
            cost.append(" units for ", Roles.dim)
        }
        cost.append(Figures.grouped(session.deed.hasDeletes ? work.itemsDeleted : made), Roles.strong)
        let word = session.deed == .deleteObjects ? "objects deleted" : session.deed.hasDeletes ? "deletes" : "requests"
        cost.append(" \(word)", Roles.dim)
        return cost
    }
}
