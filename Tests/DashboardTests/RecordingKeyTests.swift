// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

@testable import Dashboard

/// A recording begins and ends with a key.
@Suite
struct RecordingKeyTests {
    private static func state(
        capabilities: SessionCapabilities = [.record],
        isReadOnly: Bool = false,
        _ status: RecordingStatus? = nil
    ) -> DashboardState {
        var session = DataSet.makeStory(seconds: 10).state
        session.recording = status
        let options = DashboardOptions(capabilities: capabilities, isReadOnly: isReadOnly)
        return DashboardState(session: session, options: options)
    }

    private static func head(_ state: DashboardState, columns: Int) -> String {
        String(self.text(state, columns: columns).prefix { $0 != "\n" })
    }

    private static func text(_ state: DashboardState, columns: Int = 120) -> String {
        let size = ScreenSize(columns: columns, rows: 40)
        return render(state, theme: .dark, size: size).textLines.joined(separator: "\n")
    }

    @Test(arguments: [false, true])
    func theFileIsProposedAndCanBeNamed(isReadOnly: Bool) throws {
        var state = Self.state(isReadOnly: isReadOnly)
        #expect(state.reduce(.key(.character("w"))) == [])
        let proposal = try #require(state.view.prompt?.text)
        let parts = proposal.split(separator: "-")
        #expect(parts.count == 3 && parts[0] == "OrderEvents", "\(proposal)")
        #expect(parts[1].count == 8 && parts[1].allSatisfy(\.isNumber))
        #expect(parts[2].count == 11 && parts[2].hasSuffix(".weir"))
        #expect(Self.text(state).contains(" record to: \(proposal)"))
        #expect(state.reduce(.key(Key(.enter))) == [.send(.record(to: proposal))])

        _ = state.reduce(.key(.character("w")))
        _ = state.reduce(.paste("my.weir"))
        #expect(state.reduce(.key(Key(.enter))) == [.send(.record(to: "my.weir"))])

        _ = state.reduce(.key(.character("w")))
        _ = state.reduce(.paste("  "))
        #expect(state.reduce(.key(Key(.enter))) == [])
        #expect(state.view.message?.isError == true)

        _ = state.reduce(.key(.character("w")))
        #expect(state.reduce(.key(Key(.escape))) == [])
        #expect(state.view.prompt == nil)
    }

    @Test(arguments: [60, 80, 120, 200])
    func whileItGoesOnTheHeadSaysSoAndTheKeyEndsIt(columns: Int) {
        #expect(!Self.head(Self.state(), columns: columns).contains(" REC "))
        #expect(!Self.head(Self.state(RecordingStatus()), columns: columns).contains(" REC "))
        var state = Self.state(RecordingStatus(file: "a.weir"))
        #expect(Self.head(state, columns: columns).contains(" REC "))
        #expect(Self.text(state, columns: 200).contains("w stop rec"))
        #expect(state.reduce(.key(.character("w"))) == [.send(.record(to: nil))])
        #expect(state.view.prompt == nil)
    }

    @Test func whatBecomesOfItIsSaidOnce() {
        let news = RecordingStatus.News(number: 1, text: "Recorded 5 events to a.weir", isError: false)
        var state = Self.state(RecordingStatus(news: news))
        #expect(state.view.message?.text == news.text)
        #expect(state.view.message?.isError == false)
        state.view.message = nil
        state.update(session: state.session)
        #expect(state.view.message == nil)
        var session = state.session
        session.recording?.news = RecordingStatus.News(number: 2, text: "the disk is full", isError: true)
        state.update(session: session)
        #expect(state.view.message?.text == "the disk is full")
        #expect(state.view.message?.isError == true)
    }

    @Test func whoCannotRecordSaysSo() {
        var state = Self.state(capabilities: [.hold])
        #expect(state.reduce(.key(.character("w"))) == [])
        #expect(state.view.message?.isError == true)
        #expect(!Self.text(state, columns: 200).contains("w record"))
        #expect(Self.text(Self.state(), columns: 200).contains("w record"))
        #expect(KeyRegistry.playback[.record] == nil)
    }
}
