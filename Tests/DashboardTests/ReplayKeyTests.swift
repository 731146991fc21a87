// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

@testable import Dashboard

/// Batches and records are sent again from the screen: shown first, and only a y sends.
@Suite
struct ReplayKeyTests {
    private static let proposal = ReplayStatus.Proposal(
        number: 1,
        question: "Send 12 records to delete from Staging (batch) again?",
        lines: ["sends again    12 records of batch 5", "account        123456789012", "region         eu-central-1"]
    )

    private static func state(
        _ capabilities: SessionCapabilities = [.replay],
        isReadOnly: Bool = false,
        pane: Pane = .batches
    ) -> DashboardState {
        let options = DashboardOptions(capabilities: capabilities, isReadOnly: isReadOnly)
        var state = DashboardState(session: DataSet.story.session, options: options)
        _ = state.reduce(.resized(GoldenScreen.medium))
        state.view.focus = pane
        return state
    }

    private static func proposed(_ proposal: ReplayStatus.Proposal = Self.proposal) -> DashboardState {
        var state = Self.state()
        var session = state.session
        session.replay = ReplayStatus(proposal: proposal)
        state.update(session: session)
        return state
    }

    private static func text(_ state: DashboardState, _ size: ScreenSize = GoldenScreen.medium) -> String {
        render(state, theme: .dark, size: size).textLines.joined(separator: "\n")
    }

    private static func selection(_ effects: [DashboardEffect]) throws -> ReplaySelection {
        guard effects.count == 1, case .send(.replay(.propose(let selection))) = effects[0] else {
            Issue.record("\(effects) is no proposal")
            throw CancellationError()
        }
        return selection
    }

    @Test func theSelectedBatchIsProposedWhole() throws {
        var state = Self.state()
        let selection = try Self.selection(state.reduce(.key(.character("r"))))
        let newest = try #require(state.session.batches.last)
        #expect(selection.isOfBatches)
        #expect(selection.parts.map(\.batch) == [newest.description.id])
        #expect(selection.parts[0].records == newest.description.records)
        #expect(selection.parts[0].shard == newest.description.shard)
    }

    @Test(arguments: [Pane.records, .record])
    func theSelectedRecordIsProposedAloneOrWithItsBatch(pane: Pane) throws {
        var state = Self.state(pane: pane)
        let entry = try #require(state.selectedRecord)
        let alone = try Self.selection(state.reduce(.key(.character("r"))))
        #expect(!alone.isOfBatches)
        #expect(alone.parts.map(\.records) == [[entry.record]] && alone.parts[0].batch == entry.batch)
        let batch = try Self.selection(state.reduce(.key(.character("R"))))
        #expect(batch.isOfBatches && batch.parts.map(\.batch) == [entry.batch])
        #expect(batch.parts[0].records.contains(entry.record))
    }

    @Test func chosenRowsAreProposedTogetherAndShown() throws {
        var state = Self.state(pane: .records)
        _ = state.reduce(.key(.character("g")))
        for _ in 0..<3 { _ = state.reduce(.key(.character("v"))) }
        #expect(state.view.message?.text.contains("3 chosen") == true)
        let entries = Array(state.session.records.prefix(3))
        let selection = try Self.selection(state.reduce(.key(.character("r"))))
        #expect(Set(selection.parts.flatMap(\.records).map(\.eventID)) == Set(entries.map(\.record.eventID)))
        #expect(Self.text(state).contains("3 chosen"))
        #expect(Self.text(state).split(separator: "\n").count { $0.contains("│ *") || $0.contains(">*") } == 3)
        // Once more is no longer.
        _ = state.reduce(.key(.character("g")))
        _ = state.reduce(.key(.character("v")))
        #expect(state.view.chosen.count == 2)
        #expect(state.reduce(.key(Key(.escape))).isEmpty)
        #expect(state.view.chosen.isEmpty)
    }

    @Test func nobodySendsLessThanWasChosen() {
        var state = Self.state()
        state.view.chosen = [.batch(BatchID(999_999)), .batch(state.session.batches[0].description.id)]
        #expect(state.reduce(.key(.character("r"))).isEmpty)
        #expect(state.view.message?.text.contains("1 of the 2 chosen rows are no longer kept") == true)
        // A batch whose records have made room for newer ones.
        var session = state.session
        session.batches[0].description.records = []
        state.update(session: session)
        state.view.chosen = [.batch(session.batches[0].description.id)]
        #expect(state.reduce(.key(.character("r"))).isEmpty)
        #expect(state.view.message?.text.contains("are no longer kept") == true)
        // A recording has them.
        var player = Self.state([.replay, .play])
        player.update(session: session)
        player.view.chosen = state.view.chosen
        #expect(player.reduce(.key(.character("r"))).count == 1)
    }

    @Test func theQuestionNamesTheTargetAndStandsOverThePanes() {
        let state = Self.proposed()
        for size in [ScreenSize(columns: 60, rows: 15), GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large] {
            let text = Self.text(state, size)
            #expect(text.contains("Send 12 records to delete from Staging (batch) again?"), "\(size)")
            #expect(text.contains("y sends, any other key does not"))
        }
        #expect(Self.text(state).contains("account        123456789012"))
    }

    @Test func aYSendsAndIsTakenOnce() {
        var state = Self.proposed()
        #expect(state.reduce(.key(.character("y"))) == [.send(.replay(.accept(1)))])
        #expect(state.openProposal == nil)
        #expect(state.reduce(.key(.character("y"))) != [.send(.replay(.accept(1)))])
    }

    @Test(arguments: [
        Key(.enter), Key(.escape), .character("n"), .character("Y"), .character(" "), .character("r"), .character("q"),
        Key(.character("y"), alt: true), .control("y"),
    ])
    func everyOtherKeySendsNothing(key: Key) {
        var state = Self.proposed()
        #expect(state.reduce(.key(key)) == [.send(.replay(.drop(1)))])
        #expect(state.openProposal == nil)
    }

    @Test func pastedTextIsNoAnswer() {
        var state = Self.proposed()
        #expect(state.reduce(.paste("y")).isEmpty)
        #expect(state.openProposal != nil)
    }

    @Test func whatCannotBeSeenCannotBeAgreedTo() {
        var state = Self.proposed()
        _ = state.reduce(.resized(ScreenSize(columns: 40, rows: 10)))
        #expect(state.reduce(.key(.character("y"))) == [.send(.replay(.drop(1)))])
        // Nor while something is being typed.
        var typing = Self.state()
        _ = typing.reduce(.key(.character("/")))
        var session = typing.session
        session.replay = ReplayStatus(proposal: Self.proposal)
        typing.update(session: session)
        #expect(typing.reduce(.key(.character("y"))).isEmpty)
        #expect(typing.view.prompt?.text == "y")
    }

    @Test(arguments: Pane.allCases)
    func readOnlyRefusesAndSaysSo(pane: Pane) {
        var state = Self.state(isReadOnly: true, pane: pane)
        #expect(state.reduce(.key(.character("r"))).isEmpty)
        #expect(state.view.message?.isError == true)
        #expect(state.view.message?.text.hasPrefix("read-only: nothing is sent again") == true)
        #expect(!Self.text(state, GoldenScreen.large).contains("r replay"))
    }

    @Test(arguments: [
        (SessionCapabilities.hold, "--handler delete"),
        (SessionCapabilities.play, "weir play FILE --handler command -- PROGRAM"),
    ])
    func withoutAHandlerTheKeySaysHowToNameOne(capabilities: SessionCapabilities, words: String) {
        var state = Self.state(capabilities)
        #expect(state.reduce(.key(.character("r"))).isEmpty)
        #expect(state.view.message?.text.contains(words) == true)
    }

    @Test func thereIsOneReplayAtATime() {
        var state = Self.state()
        var session = state.session
        session.replay = ReplayStatus(sending: "sending 12 records again")
        state.update(session: session)
        #expect(state.reduce(.key(.character("r"))).isEmpty)
        #expect(state.view.message?.text == "sending 12 records again")
    }

    @Test func whatBecameOfItIsSaidOnce() {
        var state = Self.state()
        var session = state.session
        session.replay = ReplayStatus(news: RecordingStatus.News(number: 1, text: "sent again", isError: false))
        state.update(session: session)
        #expect(state.view.message?.text == "sent again")
        state.view.message = nil
        state.update(session: session)
        #expect(state.view.message == nil)
    }
}
