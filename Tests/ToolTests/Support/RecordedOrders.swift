// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession
import TestSupport

/// A small recorded session whose every value a test can know.
struct RecordedOrders {
    static let started = Timestamp(milliseconds: 1_795_250_598_000)
    static let shards = [ShardID("shardId-1"), ShardID("shardId-2")]

    let folder: TemporaryFolder
    let path: String
    /// Who writes it: without it the file is closed.
    private let recorder: SessionRecorder

    // Writes it: a batch of two records of the first shard at 1 s, a marker at 30 s, a batch of one record of the second
    // shard at 61 s. The keys are `o-1` to `o-3`; `customer` is what they hold beside. One that is not finished is being
    // written as long as this lives.
    init(
        customer: String = "alice",
        marker: String = "half",
        reason: String = "done",
        isFinished: Bool = true
    ) async throws {
        self.folder = try TemporaryFolder()
        self.path = "\(self.folder.path)/session.weir"
        self.recorder = try SessionRecorder(
            path: self.path,
            header: RecordingHeader(startedAt: Self.started, toolVersion: "test")
        )
        await self.recorder.take(.keyframe(SessionState()))
        for (index, (second, kind)) in Self.events(customer: customer, marker: marker, reason: reason).enumerated() {
            let at = Self.started.advanced(by: .seconds(second))
            await self.recorder.take(.event(SessionEvent(sequence: UInt64(index + 1), at: at, kind: kind)))
        }
        await self.recorder.flush()
        if isFinished { await self.recorder.finish() }
    }

    private static func events(customer: String, marker: String, reason: String) -> [(Int, SessionEvent.Kind)] {
        let first = Self.batch(1, Self.shards[0], [Self.record(1, customer), Self.record(2, customer)])
        let second = Self.batch(2, Self.shards[1], [Self.record(3, customer)])
        return [
            (0, .started(Self.description)),
            (
                1,
                .read(
                    ReadSummary(
                        shard: Self.shards[0],
                        records: 2,
                        filteredOut: 0,
                        size: ByteCount(80),
                        newestCreatedAt: nil,
                        duration: .milliseconds(3)
                    )
                )
            ),
            (1, .batchFormed(first)),
            (2, .batchFinished(Self.outcome(first))),
            (2, .checkpoint(Self.shards[0], .sequenceNumber(first.records[1].sequenceNumber))),
            (30, .marker(marker)),
            (61, .batchFormed(second)),
            (62, .notice(Notice(level: .error, shard: Self.shards[1], code: "failed", message: "no \(customer)"))),
            (63, .batchFinished(Self.outcome(second))),
            (64, .ended(reason)),
        ]
    }

    static let description = SessionDescription(
        pipeline: "default",
        streamARN: StreamARN("arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"),
        tableName: "Orders",
        viewType: .newAndOldImages,
        keyNames: ["id"],
        region: "eu-central-1",
        handler: "observe",
        handlerWrites: false,
        startingPosition: "LATEST",
        batchSize: 100,
        batchWindow: .zero,
        eventNames: [],
        toolVersion: "test"
    )

    private static func batch(_ number: UInt64, _ shard: ShardID, _ records: [StreamRecord]) -> BatchDescription {
        BatchDescription(
            id: BatchID(number),
            shard: shard,
            records: records,
            firstReadAt: Self.started,
            reason: .window
        )
    }

    private static func outcome(_ batch: BatchDescription) -> BatchOutcome {
        BatchOutcome(
            id: batch.id,
            shard: batch.shard,
            records: batch.records.count,
            result: .succeeded,
            attempts: 1,
            handlerTime: .milliseconds(5),
            work: HandlerWork(),
            iteratorAge: .seconds(1)
        )
    }

    private static func record(_ number: Int, _ customer: String) -> StreamRecord {
        let key: Item = ["id": .string("o-\(number)")]
        let image: Item = [
            "id": .string("o-\(number)"), "customer": .string(customer), "total": .number(DecimalNumber(12)),
            "tags": .stringSet(["new", "paid"]), "place": .map(["city": .string("Ulm")]), "note": .null,
            "open": .bool(true),
        ]
        return StreamRecord(
            eventID: EventID("event-\(number)"),
            kind: number == 2 ? .modify : .insert,
            keys: RawItem(key),
            oldImage: number == 2 ? RawItem(["id": .string("o-2"), "total": .number(DecimalNumber(-5))]) : nil,
            newImage: RawItem(image),
            sequenceNumber: Self.number(number * 100),
            createdAt: Self.started,
            size: ByteCount(40),
            region: "eu-central-1"
        )
    }

    private static func number(_ value: Int) -> SequenceNumber {
        guard let number = SequenceNumber("\(value)") else { preconditionFailure("digits are a number") }
        return number
    }
}
