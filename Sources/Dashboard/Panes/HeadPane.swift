// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// The mode in a word, and its role.
    var mode: (text: String, role: StyleRole) {
        let newest = self.state.newest
        if let playback = newest.playback {
            let speed = Figures.speed(playback.speed)
            return playback.isPlaying ? ("PLAY \(speed)", Roles.modeLive) : ("STOPPED \(speed)", Roles.modePaused)
        }
        if let past = self.state.past, let distance = self.state.pastDistance {
            return ("PAST \(Figures.clock(past)) -\(Figures.wholeSeconds(distance))", Roles.modeFrozen)
        }
        if self.state.isFrozen {
            // What goes on behind the view has its word as well.
            return (["FROZEN", self.rest?.text].compactMap(\.self).joined(separator: ", "), Roles.modeFrozen)
        }
        guard newest.asOf != nil else { return ("WAITING", Roles.modeOffline) }
        if let rest = self.rest { return rest }
        guard let silence = newest.silence else {
            return newest.writePace?.isSlowed == true ? ("SLOWED", Roles.modePaused) : ("LIVE", Roles.modeLive)
        }
        // What is on the screen is as old as the newest answer.
        let age = "(stale \(Figures.wholeSeconds(silence)))"
        return silence < Self.offlineAfter ? ("LIVE \(age)", Roles.modeOffline) : ("OFFLINE \(age)", Roles.modeOffline)
    }

    /// The word of a session that has ended or is held; nil for one that goes on.
    private var rest: (text: String, role: StyleRole)? {
        let newest = self.state.newest
        guard let now = newest.asOf else { return nil }
        if newest.endedBecause != nil { return ("ENDED", Roles.modeEnded) }
        return newest.hold.map { hold in
            // Who began it did not want it to read.
            let word = newest.description?.mapping.isEnabled == false ? "DISABLED" : "PAUSED"
            return ("\(word) \(Figures.stopwatch(now.since(hold.since)))", Roles.modePaused)
        }
    }

    /// How long a service that is asked may be silent before it counts as out of reach.
    static var offlineAfter: Duration { .seconds(10) }

    /// Draws the first line: mode, stream, where it is, shards; lag and clock on the right.
    mutating func paintHead() {
        let area = self.layout.head
        let details = HeadDetail.all
        let lines = details.map { self.headLine($0) }
        let rights = [self.headRight(hasClock: true), self.headRight(hasClock: false)]
        func fit(_ count: Int, beside right: CellLine) -> CellLine? {
            lines.prefix(count).first { $0.width + right.width + 1 <= area.columns }
        }
        // The clock gives way before the endpoint does, and the endpoint before what the session does.
        let withEndpoint = details.count { $0.endpoint != .none }
        for count in [withEndpoint, lines.count] {
            for right in rights {
                guard let left = fit(count, beside: right) else { continue }
                self.paintHead(left, right, in: area)
                return
            }
        }
        self.paintHead(lines.last ?? self.line(), self.headRight(hasClock: false), in: area)
    }

    private mutating func paintHead(_ left: CellLine, _ right: CellLine, in area: CellRect) {
        let (first, rest) = area.splitColumns(max(0, area.columns - right.width - 1))
        self.put(left, in: first)
        self.put(right, in: rest, .trailing)
    }

    private func headRight(hasClock: Bool) -> CellLine {
        let session = self.state.session
        var line = self.line()
        let lag = session.lag
        line.append("lag ", Roles.dim)
        line.append(
            Figures.lag(lag, ascii: self.glyphs.isASCII),
            lag.map { $0.duration >= .seconds(60) } == true ? Roles.warn : Roles.strong
        )
        if hasClock {
            line.append("  ", Roles.text)
            line.append(Figures.clock(session.asOf), Roles.text)
        }
        if session.missingEvents > 0 {
            line.append("  \(Figures.count(session.missingEvents)) events missing", Roles.warn)
        }
        line.append(" ", Roles.text)
        return line
    }

    /// Where we are, in as much detail as asked for.
    private func headLine(_ detail: HeadDetail) -> CellLine {
        let description = self.state.session.description
        var line = self.line()
        let mode = self.mode
        line.append(" \(mode.text) ", mode.role)
        if self.state.isRecorded { line.append(" REC", Roles.error) }
        line.append("  ", Roles.text)
        let table = description?.tableName ?? self.state.options.title
        line.append(
            table,
            Roles.strong,
            width: detail.hasWholeTable ? self.width(of: table) : min(12, self.width(of: table)),
            fit: .middle,
            ellipsis: self.glyphs.ellipsis
        )
        let endpoint = description?.endpoint ?? self.state.options.endpoint
        var parts: [(String, StyleRole)] = []
        if detail.hasRegion || (endpoint == nil && detail.endpoint != .none) {
            parts.append((description?.region ?? "", Roles.text))
        }
        if detail.shards != .none { parts.append((description?.profile ?? "", Roles.profile)) }
        if let endpoint, detail.endpoint != .none {
            let scheme = ["http://", "https://"].first { endpoint.hasPrefix($0) } ?? ""
            parts.append((detail.endpoint == .whole ? endpoint : String(endpoint.dropFirst(scheme.count)), Roles.text))
        }
        let shards = self.state.session.shards
        if !shards.isEmpty, detail.shards != .none {
            let counted = "\(self.state.session.openShardCount)/\(shards.count)"
            parts.append((detail.shards == .words ? "\(counted) shards" : counted, Roles.text))
        }
        let isWriting = description?.handlerWrites == true
        parts.append((self.handlerText(detail.handler), isWriting ? Roles.warn : Roles.dim))
        if detail.hasReadOnly, self.state.options.isReadOnly { parts.append(("read-only", Roles.warn)) }
        for (text, role) in parts where !text.isEmpty {
            line.append(" \(self.glyphs.separator) ", Roles.dim)
            line.append(text, role)
        }
        return line
    }

    private func handlerText(_ length: HeadDetail.Handler) -> String {
        guard let description = self.state.session.description else { return "" }
        let handler = description.handler
        switch length {
        case .whole: return handler
        case .what:
            // Without how it is done, which stands in brackets.
            guard let bracket = handler.firstRange(of: " (") else { return handler }
            return String(handler[..<bracket.lowerBound])
        case .word:
            guard description.handlerWrites else { return "" }
            return self.state.session.deed.hasDeletes ? "deletes" : String(handler.prefix { $0 != " " })
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
