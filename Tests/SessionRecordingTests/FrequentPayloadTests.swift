// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import Testing

@testable import SessionRecording

/// What is written without `JSONEncoder` is what `JSONEncoder` writes.
@Suite("Frequent payloads")
struct FrequentPayloadTests {
    private static let shard = ShardID("shardId-\"1\"/\u{7}ä")
    private static let time = Timestamp(milliseconds: 1_767_225_600_123)

    private static func read(newest: Timestamp?) -> SessionEvent.Kind {
        .read(
            ReadSummary(
                shard: Self.shard,
                records: newest == nil ? 0 : 1000,
                filteredOut: newest == nil ? 0 : 7,
                size: ByteCount(newest == nil ? 0 : 176_993),
                newestCreatedAt: newest,
                duration: .nanoseconds(21_000_001)
            )
        )
    }

    private static func formed(_ reason: BatchCloseReason, lane: Int) -> SessionEvent.Kind {
        .batchFormed(
            BatchDescription(
                id: BatchID(1 << 40),
                shard: Self.shard,
                records: [],
                firstReadAt: Self.time,
                reason: reason,
                lane: lane
            )
        )
    }

    private static func outcome(
        work: HandlerWork = HandlerWork(),
        untoldWork: HandlerWork? = nil,
        discarded: Int = 0,
        remaining: Int? = nil,
        invoked: Int? = nil,
        failedInvokes: Int = 0,
        age: Duration = .milliseconds(4310)
    ) -> SessionEvent.Kind {
        .batchFinished(
            BatchOutcome(
                id: BatchID(7),
                shard: Self.shard,
                records: 100,
                result: .succeeded,
                attempts: 2,
                handlerTime: .nanoseconds(2_000_001),
                work: work,
                untoldWork: untoldWork,
                iteratorAge: age,
                discarded: discarded,
                remaining: remaining,
                invoked: invoked,
                failedInvokes: failedInvokes
            )
        )
    }

    private static let allWork = HandlerWork(
        requests: ["BatchWriteItem": 4, "DeleteItem": 1, "a \"name\"": 2],
        itemsDeleted: 1,
        kept: 2,
        singleRequests: 3,
        writeCapacityUnits: 100.25,
        unprocessedItems: 4,
        throttles: 5,
        failedRequests: 6,
        repeatedKeys: 7
    )

    private static let numbers = ["000100000000000000100001", String(repeating: "9", count: 57), "0"].compactMap {
        SequenceNumber($0)
    }

    private static let kinds: [SessionEvent.Kind] =
        [
            Self.read(newest: nil), Self.read(newest: Self.time), Self.read(newest: Timestamp(milliseconds: 0)),
            Self.formed(.full, lane: 0), Self.formed(.tumblingWindow, lane: 9), Self.formed(.drain, lane: 1),
            Self.outcome(), Self.outcome(work: Self.allWork), Self.outcome(work: HandlerWork(writeCapacityUnits: 100)),
            Self.outcome(work: Self.allWork, untoldWork: HandlerWork()),
            Self.outcome(work: HandlerWork(writeCapacityUnits: 1e-9), untoldWork: Self.allWork),
            Self.outcome(discarded: 3, remaining: 97, invoked: 250, failedInvokes: 150),
            Self.outcome(remaining: 0, invoked: 0),
            Self.outcome(age: .milliseconds(-20)),
        ] + Self.numbers.map { .checkpoint(Self.shard, .sequenceNumber($0)) }

    /// What the compiler makes of an event's payload.
    private static func encoded(_ kind: SessionEvent.Kind) throws -> Data? {
        switch kind {
        case .read(let read): try JSONEncoder().encode(read)
        case .batchFormed(let batch): try JSONEncoder().encode(batch)
        case .batchFinished(let outcome): try JSONEncoder().encode(outcome)
        case .checkpoint(_, let position): try JSONEncoder().encode(["position": position])
        default: nil
        }
    }

    private static func object(_ data: Data) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
    }

    @Test func thereAreNumbersOfAllLengths() {
        #expect(Self.numbers.map(\.text.count) == [24, 57, 1])
    }

    @Test(arguments: Self.kinds)
    func aPayloadIsWhatTheEncoderWrites(kind: SessionEvent.Kind) throws {
        let written = try #require(FrequentPayload.bytes(kind))
        let encoded = try #require(try Self.encoded(kind))
        #expect(try Self.object(Data(written)) == Self.object(encoded))
    }

    /// Rows of either form, as files have them that were written before, are the same event.
    @Test(arguments: Self.kinds)
    func bothFormsAreReadAsTheEvent(kind: SessionEvent.Kind) throws {
        let coder = EventCoder(time: RecordingTime(startedAt: Self.time))
        let event = SessionEvent(sequence: 5, at: Self.time, kind: kind)
        var row = try coder.row(event)
        #expect(try coder.event(row, withRecords: false) == event)
        row.payload = [UInt8](try #require(try Self.encoded(kind)))
        #expect(try coder.event(row.sealed(), withRecords: false) == event)
    }

    @Test(arguments: [
        SessionEvent.Kind.checkpoint(Self.shard, .shardEnd),
        .checkpoint(Self.shard, .trimHorizon(quietUntil: Self.time)),
        .marker("here"), .gap(3),
        .batchFinished(
            BatchOutcome(
                id: BatchID(7),
                shard: Self.shard,
                records: 100,
                result: .abandoned(reason: "held"),
                attempts: 1,
                handlerTime: .zero,
                work: Self.allWork,
                iteratorAge: .zero
            )
        ),
    ])
    func whatIsRareIsEncodedAndComesBackAsItWas(kind: SessionEvent.Kind) throws {
        #expect(FrequentPayload.bytes(kind) == nil)
        let coder = EventCoder(time: RecordingTime(startedAt: Self.time))
        let event = SessionEvent(sequence: 5, at: Self.time, kind: kind)
        #expect(try coder.event(coder.row(event)) == event)
    }

    /// JSON has no such number: it is an error and not the end of the program.
    @Test func aFigureThatIsNoNumberIsAnError() {
        let coder = EventCoder(time: RecordingTime(startedAt: Self.time))
        let kind = Self.outcome(work: HandlerWork(writeCapacityUnits: .infinity))
        #expect(throws: EncodingError.self) { try coder.row(SessionEvent(sequence: 1, at: Self.time, kind: kind)) }
    }
}
