// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import SessionRecording
import StreamSession
import TerminalCells

/// A recorded session on the dashboard, as a file of terminal output that asciinema plays (asciicast v2).
struct ScreenFilm {
    /// Pictures are no closer than this.
    static let step = Duration.milliseconds(250)
    /// Players pass longer times without a picture.
    private static let idleSeconds = 2

    let reader: RecordingReader
    let part: RecordingRange
    let size: ScreenSize
    let output: LineOutput

    /// Writes all of it.
    ///
    /// - Throws: `RecordingError`.
    func write() throws {
        var film = try SessionFilm(self.reader, part: self.part, step: Self.step)
        var screen = ScreenText(theme: .dark)
        var state = DashboardState(options: DashboardOptions(capabilities: [.play], isReadOnly: true))
        _ = state.reduce(.resized(self.size))
        var start: Timestamp?
        var end = Duration.zero
        while !self.output.isClosed, let picture = try film.picture() {
            let first = start ?? picture.at
            if start == nil { self.output.json(self.head(picture)) }
            start = first
            state.update(session: picture.state)
            let text = screen.text(for: render(state, theme: .dark, size: self.size))
            guard !text.isEmpty else { continue }
            end = picture.at.since(first)
            self.output.json(Self.line(text, at: end))
        }
        // Whoever plays it gets back a terminal that shows a cursor, in the last line and without colours.
        if start != nil { self.output.json(Self.line("\u{1B}[0m\u{1B}[?25h\u{1B}[\(self.size.rows);1H", at: end)) }
    }

    private func head(_ picture: SessionFilm.Picture) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("version", 2)
        json.member("width", self.size.columns)
        json.member("height", self.size.rows)
        json.member("timestamp", Int(picture.at.milliseconds / 1000))
        json.member("idle_time_limit", Self.idleSeconds)
        if let table = picture.state.description?.tableName { json.member("title", "weir: \(VisibleText.line(table))") }
        json.endObject()
        return json.bytes + [10]
    }

    private static func line(_ text: String, at time: Duration) -> [UInt8] {
        let milliseconds = time.wholeMilliseconds
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        var json = JSONWriter(capacity: text.utf8.count + 64)
        json.beginArray()
        json.number(text: "\(milliseconds / 1000).\(fraction)")
        json.string("o")
        json.string(text)
        json.endArray()
        return json.bytes + [10]
    }
}
