// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import SessionRecording
import StreamSession
import TestSupport
import Testing

@testable import weir

/// What would be sent is shown, and is sent when somebody has agreed to it.
@Suite(.timeLimit(.minutes(2)))
struct ReplayDeskTests {
    @Test func aProposalSaysWhatWouldBeSentWhereAndSendsNothing() async throws {
        let bench = try await ReplayBench()
        await bench.desk.perform(.propose(ReplayBench.batches(2, 1)))
        let proposal = try #require(bench.status.proposal)
        #expect(proposal.question == "Send 3 records to delete from Staging (batch) again?")
        let text = proposal.lines.joined(separator: "\n")
        for fact in [
            "3 records of batches 1, 2", "o-1, o-2, o-3", "account        123456789012", "eu-central-1",
            "no position moves",
        ] { #expect(text.contains(fact), "\(text)") }
        #expect(bench.handler.batches.isEmpty)
        #expect(bench.status.sending == nil)
    }

    @Test func theDestinationThatWillNotHearOfItIsNamed() async throws {
        let bench = try await ReplayBench(untoldDestination: "file:failed.jsonl")
        await bench.desk.perform(.propose(ReplayBench.batches(1)))
        let lines = try #require(bench.status.proposal).lines
        #expect(lines.last == "not told       file:failed.jsonl: it hears of what the stream brings, not of this")
    }

    @Test func whatWasAgreedToIsSentAsItWasAndTold() async throws {
        let bench = try await ReplayBench()
        await bench.desk.perform(.propose(ReplayBench.batches(1, 2)))
        let number = try #require(bench.status.proposal).number
        await bench.desk.perform(.accept(number))
        #expect(bench.status.sending != nil || !bench.replays.isEmpty)
        await bench.desk.finished()
        let batches = bench.handler.batches.map { $0.records.map(\.eventID.text) }
        #expect(Set(batches) == [["event-1", "event-2"], ["event-3"]])
        #expect(bench.status.proposal == nil && bench.status.sending == nil)
        #expect(
            bench.status.news?.text == "sent again: 3 records of batches 1, 2 handled by delete from Staging (batch)"
        )
        #expect(bench.status.news?.isError == false)
        let replay = try #require(bench.replays.first)
        #expect(bench.replays.count == 1)
        #expect(replay.batches == [BatchID(1), BatchID(2)] && replay.records == 3 && replay.handled == 3)
        #expect(replay.region == "eu-central-1" && replay.failure == nil)
        #expect(await bench.desk.lines == [replay.text])
        // What was agreed to once is not sent twice.
        await bench.desk.perform(.accept(number))
        await bench.desk.finished()
        #expect(bench.handler.batches.count == 2)
    }

    @Test func aRecordGoesAlone() async throws {
        let bench = try await ReplayBench()
        let reader = try RecordingReader(path: bench.recorded.path)
        let records = try reader.events(after: 0).flatMap { event -> [StreamRecord] in
            if case .batchFormed(let batch) = event.kind { batch.records } else { [] }
        }
        let part = ReplaySelection.Part(batch: BatchID(1), shard: RecordedOrders.shards[0], records: [records[1]])
        await bench.desk.perform(.propose(ReplaySelection([part], isOfBatches: false)))
        await bench.desk.perform(.accept(try #require(bench.status.proposal).number))
        await bench.desk.finished()
        #expect(bench.handler.batches.map { $0.records.map(\.eventID.text) } == [["event-2"]])
    }

    @Test func anotherAnswerSendsNothing() async throws {
        let bench = try await ReplayBench()
        await bench.desk.perform(.propose(ReplayBench.batches(1)))
        let number = try #require(bench.status.proposal).number
        await bench.desk.perform(.accept(number + 1))
        await bench.desk.perform(.drop(number))
        #expect(bench.status.proposal == nil)
        #expect(bench.status.news?.text == "nothing was sent")
        await bench.desk.perform(.accept(number))
        await bench.desk.finished()
        #expect(bench.handler.batches.isEmpty && bench.replays.isEmpty)
    }

    @Test func whatTheHandlerDoesNotGetIsSaidAndNotSent() async throws {
        let bench = try await ReplayBench(events: [.insert])
        await bench.desk.perform(.propose(ReplayBench.batches(1)))
        let proposal = try #require(bench.status.proposal)
        #expect(proposal.question.hasPrefix("Send 1 record to"))
        #expect(proposal.lines.contains { $0.hasPrefix("left out       1 MODIFY") })
        await bench.desk.perform(.accept(proposal.number))
        await bench.desk.finished()
        #expect(bench.handler.batches.map { $0.records.map(\.eventID.text) } == [["event-1"]])
        let only = try await ReplayBench(events: [.remove])
        await only.desk.perform(.propose(ReplayBench.batches(1)))
        #expect(only.status.proposal == nil)
        #expect(only.status.news?.isError == true && only.status.news?.text.hasPrefix("nothing to send") == true)
    }

    @Test func aFailureIsToldWithItsReasonAndNotRepeated() async throws {
        struct Refusal: Error, CustomStringConvertible { var description: String { "the shop is closed" } }
        let bench = try await ReplayBench { _, batch in
            if batch.shard == RecordedOrders.shards[1] { throw Refusal() }
            return .done
        }
        await bench.desk.perform(.propose(ReplayBench.batches(1, 2)))
        await bench.desk.perform(.accept(try #require(bench.status.proposal).number))
        await bench.desk.finished()
        #expect(bench.handler.batches.count == 2)
        let replay = try #require(bench.replays.first)
        #expect(replay.records == 3 && replay.handled == 2)
        #expect(replay.failure?.contains("the shop is closed") == true, "\(replay.failure ?? "-")")
        #expect(bench.status.news?.isError == true)
        #expect(bench.status.news?.text.contains("2 of 3 records") == true)
    }

    @Test func whatIsNotThereIsSaid() async throws {
        let bench = try await ReplayBench()
        await bench.desk.perform(.propose(ReplayBench.batches(1, 77)))
        #expect(bench.status.proposal == nil)
        #expect(bench.status.news?.isError == true)
        #expect(bench.status.news?.text.contains("there is no batch 77") == true)
    }

    @Test func stoppingEndsWhatIsBeingSent() async throws {
        let clock = SystemClock()
        let bench = try await ReplayBench { _, _ in
            try await clock.sleep(for: .seconds(3600))
            return .done
        }
        await bench.desk.perform(.propose(ReplayBench.batches(1)))
        await bench.desk.perform(.accept(try #require(bench.status.proposal).number))
        // One at a time.
        await bench.desk.perform(.propose(ReplayBench.batches(2)))
        #expect(bench.status.proposal == nil)
        await bench.desk.stop()
        let replay = try #require(bench.replays.first)
        #expect(replay.handled == 0 && replay.failure != nil)
    }
}
