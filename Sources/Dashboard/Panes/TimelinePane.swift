// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

// The line of a recorded session's time.
extension ScreenPainter {
    mutating func paintTimeline() {
        let area = self.layout.timeline
        guard !area.isEmpty, let playback = self.state.session.playback else { return }
        let isASCII = self.glyphs.isASCII
        var left = self.line()
        left.append(playback.isPlaying ? (isASCII ? " > " : " ▶ ") : (isASCII ? " = " : " ‖ "), Roles.strong)
        left.append("\(Figures.speed(playback.speed)) ", Roles.text)
        left.append(Figures.playTime(playback.at.since(playback.first), tenths: true), Roles.strong)
        left.append("/\(Figures.playTime(playback.last.since(playback.first))) ", Roles.dim)
        var right = self.line()
        right.append(
            " \(Int((playback.share * 1000).rounded(.down)) / 10).\(Int((playback.share * 1000).rounded(.down)) % 10)%",
            Roles.text
        )
        if let record = playback.record { right.append("  record \(record.number)/\(record.count)", Roles.strong) }
        if playback.hasSkipped { right.append(isASCII ? "  >>" : "  »", Roles.warn) }
        for (kind, one, many) in [
            (PlaybackStatus.Mark.Kind.marker, "mark", "marks"), (.gap, "gap", "gaps"), (.loss, "loss", "losses"),
        ] {
            let count = playback.marks.count { $0.kind == kind }
            if count > 0 {
                right.append("  \(count) \(count == 1 ? one : many)", kind == .marker ? Roles.dim : Roles.warn)
            }
        }
        if playback.isFollowing { right.append("  follows", Roles.good) }
        right.append(" ", Roles.text)
        let room = area.columns - left.width - right.width
        if room >= 12 {
            left.append(self.bar(playback, width: room), to: room)
        } else if left.width + right.width > area.columns {
            right = self.line()
        }
        let (first, rest) = area.splitColumns(area.columns - right.width)
        self.put(left, in: first)
        self.put(right, in: rest, .trailing)
    }

    /// One cell for each share of the time: what is most telling of it wins.
    private func bar(_ playback: PlaybackStatus, width: Int) -> [(String, StyleRole)] {
        let isASCII = self.glyphs.isASCII
        let cells = width - 2
        func cell(_ time: Timestamp) -> Int {
            let length = max(1, playback.last.milliseconds - playback.first.milliseconds)
            let offset = Double(time.milliseconds - playback.first.milliseconds) / Double(length)
            return min(max(Int(offset * Double(cells)), 0), cells - 1)
        }
        var bar = Array(repeating: (isASCII ? "-" : "─", Roles.dim), count: cells)
        let position = cell(playback.at)
        for index in 0..<position { bar[index] = (isASCII ? "=" : "━", Roles.good) }
        if let start = playback.loopStart {
            for index in cell(start)...max(cell(start), cell(playback.loopEnd ?? start)) {
                bar[index] = (isASCII ? "~" : "═", Roles.strong)
            }
        }
        for mark in playback.marks where mark.kind == .hold {
            for index in cell(mark.at)...max(cell(mark.at), cell(mark.until)) {
                bar[index] = (isASCII ? ":" : "▒", Roles.chartHeld)
            }
        }
        // Where another run goes on, a gap has a length.
        for mark in playback.marks where mark.kind == .gap {
            for index in cell(mark.at)...max(cell(mark.at), cell(mark.until)) {
                bar[index] = (isASCII ? "x" : "╳", Roles.warn)
            }
        }
        for mark in playback.marks {
            switch mark.kind {
            case .hold, .gap: break
            case .marker: bar[cell(mark.at)] = ("m", Roles.strong)
            case .loss: bar[cell(mark.at)] = ("!", Roles.error)
            }
        }
        bar[position] = (isASCII ? "O" : "●", Roles.strong)
        return [(isASCII ? "|" : "├", Roles.dim)] + bar + [(isASCII ? "|" : "┤", Roles.dim)]
    }
}

extension CellLine {
    fileprivate mutating func append(_ parts: [(String, StyleRole)], to width: Int) {
        for (text, role) in parts.prefix(width) { self.append(text, role) }
    }
}
