// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// A recording is opened at a record, and at a marker by its name.
@Suite(.timeLimit(.minutes(2)))
struct SeekRecordTests {
    @Test func aRecordIsTheNewestOneThatIsShown() async throws {
        let recorded = try await RecordedScript(seed: 7, steps: 80)
        let player = try SessionPlayer(path: recorded.path, clock: ManualClock())
        var seen: Set<EventID> = []
        for sequence in recorded.events.keys.sorted() {
            guard case .batchFormed(let batch) = recorded.events[sequence]?.kind else { continue }
            for (index, record) in batch.records.enumerated() where seen.insert(record.eventID).inserted {
                try await player.perform(.playback(.seekRecord(record.eventID.text.uppercased())))
                let state = await player.state
                #expect(state.records.last?.record.eventID == record.eventID)
                let isWhole = index + 1 == batch.records.count
                #expect(state.playback?.record?.number == (isWhole ? nil : index + 1))
                #expect(state.playback?.isPlaying == false && state.playback?.message == nil)
            }
        }
        #expect(seen.count > 20)
    }

    @Test func aSequenceNumberAndTheBeginningOfAnEventIDAreEnough() async throws {
        let recorded = try await RecordedScript(seed: 8, steps: 60)
        let reader = try RecordingReader(path: recorded.path)
        let record = try #require(recorded.states[recorded.last]?.records.last?.record)
        let place = try #require(try reader.place(ofRecord: record.eventID.text))
        #expect(try reader.place(ofRecord: record.sequenceNumber.text) == place)
        #expect(try reader.place(ofRecord: String(record.eventID.text.prefix(30))) == place)
        #expect(try reader.place(ofRecord: "\(record.sequenceNumber.text)0") == nil)
    }

    @Test func aRecordOrMarkerThatIsNotThereIsSaidAndNothingMoves() async throws {
        let recorded = try await RecordedScript(seed: 9, steps: 60)
        let player = try SessionPlayer(path: recorded.path, clock: ManualClock())
        try await player.perform(.playback(.seekShare(0.5)))
        let before = try #require(await player.state.playback?.at)
        try await player.perform(.playback(.seekRecord("ffffffffffff")))
        #expect(await player.state.playback?.message == "there is no record ffffffffffff in this recording")
        try await player.perform(.playback(.seekMarkerNamed("nowhere")))
        #expect(await player.state.playback?.message == "there is no marker of that name in this recording")
        #expect(await player.state.playback?.at == before)
    }

    @Test func aMarkerIsFoundByItsNameHoweverItIsTyped() async throws {
        let recorded = try await RecordedScript(seed: 4, steps: 200)
        let marker = try #require(recorded.states[recorded.last]?.markers.last)
        let player = try SessionPlayer(path: recorded.path, clock: ManualClock())
        try await player.perform(.playback(.seekMarkerNamed(marker.text.uppercased().filter { $0 != " " })))
        #expect(await player.state.playback?.at == marker.at)
    }
}
