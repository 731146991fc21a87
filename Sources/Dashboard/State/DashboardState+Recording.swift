// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension DashboardState {
    /// Whether the session is being kept in a file.
    var isRecorded: Bool { self.newest.recording?.file != nil }

    /// Why no recording can begin or end; nil: one can.
    ///
    /// Who may only look may keep what is seen.
    var recordingRefusal: String? {
        guard self.options.capabilities.contains(.record) else { return "this session cannot be recorded from here" }
        if let reason = self.newest.endedBecause { return "the session has ended (\(reason))" }
        return nil
    }

    /// Asks for the file of a recording, or ends the one that goes on.
    mutating func record() -> [DashboardEffect] {
        if let recordingRefusal { return self.refuse(recordingRefusal) }
        guard !self.isRecorded else { return [.send(.record(to: nil))] }
        self.view.prompt = Prompt(.recording, text: self.proposedFile, isProposal: true)
        return []
    }

    /// Begins a recording.
    mutating func startRecording(_ file: String) -> [DashboardEffect] {
        guard !file.allSatisfy(\.isWhitespace) else { return self.refuse("a recording needs a file; w asks again") }
        return [.send(.record(to: file))]
    }

    /// Says once what has become of a recording.
    mutating func raiseRecordingNews() {
        guard let news = self.newest.recording?.news, news.number > self.view.seenRecordingNews else { return }
        self.view.seenRecordingNews = news.number
        self.say(news.text, isError: news.isError)
    }

    /// A name that tells what and when, in the current folder: `Orders-20260102-030405.weir`.
    private var proposedFile: String {
        let isPlain: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
        let table = self.newest.description?.tableName.filter(isPlain) ?? ""
        let time = self.newest.asOf.map { $0.iso8601.prefix(19).filter(\.isNumber) } ?? ""
        let moment = time.isEmpty ? [] : ["\(time.prefix(8))-\(time.dropFirst(8))"]
        return ([table.isEmpty ? "session" : table] + moment).joined(separator: "-") + ".weir"
    }
}
