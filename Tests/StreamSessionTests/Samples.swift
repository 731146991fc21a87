// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Values to feed a session with.
enum Samples {
    static let shard = ShardID("shardId-00000001700000000000-0000000a")
    static let start = Timestamp(seconds: 1_700_000_000)

    static func at(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: Self.start.milliseconds + milliseconds)
    }

    static func listed(_ shard: ShardID = Self.shard, parent: ShardID? = nil, end: String? = nil) -> SessionEvent.Kind {
        .shardListed(
            ShardDescription(
                id: shard,
                parent: parent,
                range: SequenceRange(start: Self.number(1), end: end.flatMap { SequenceNumber($0) })
            )
        )
    }

    static func number(_ value: Int) -> SequenceNumber {
        guard let number = SequenceNumber(String(100_000 + value)) else { preconditionFailure("digits are a number") }
        return number
    }

    static func record(_ value: Int, padding: Int = 0) -> StreamRecord {
        let keys = Array(#"{"messageId":{"S":"m\#(value)"}}"#.utf8)
        let image =
            Array(#"{"messageId":{"S":"m\#(value)"},"p":{"S":""#.utf8)
            + Array(repeating: 120, count: padding) + Array(#""}}"#.utf8)
        return StreamRecord(
            eventID: EventID("event-\(value)"),
            kind: .insert,
            keys: RawItem(unchecked: keys[...]),
            newImage: RawItem(unchecked: image[...]),
            sequenceNumber: Self.number(value),
            createdAt: Self.start,
            size: ByteCount(10 + padding)
        )
    }

    static func read(_ records: Int, filteredOut: Int = 0, shard: ShardID = Self.shard) -> SessionEvent.Kind {
        .read(
            ReadSummary(
                shard: shard,
                records: records,
                filteredOut: filteredOut,
                size: ByteCount(records * 10),
                newestCreatedAt: records == 0 ? nil : Self.start,
                duration: .milliseconds(3)
            )
        )
    }

    static func batch(_ id: UInt64, _ values: Range<Int>, padding: Int = 0) -> SessionEvent.Kind {
        .batchFormed(
            BatchDescription(
                id: BatchID(id),
                shard: Self.shard,
                records: values.map { Self.record($0, padding: padding) },
                firstReadAt: Self.start,
                reason: .full
            )
        )
    }

    static func finished(_ id: UInt64, records: Int, result: BatchOutcome.Result = .succeeded) -> SessionEvent.Kind {
        .batchFinished(
            BatchOutcome(
                id: BatchID(id),
                shard: Self.shard,
                records: records,
                result: result,
                attempts: 1,
                handlerTime: .milliseconds(5),
                work: HandlerWork(
                    requests: ["BatchWriteItem": 4],
                    itemsDeleted: records,
                    singleRequests: records,
                    writeCapacityUnits: Double(records)
                ),
                iteratorAge: .seconds(2)
            )
        )
    }

    static func sample(waiting: Int = 0, oldest: Timestamp? = nil) -> SessionEvent.Kind {
        .sample(
            EngineSample(
                waitingRecords: waiting,
                inFlightRecords: 0,
                oldestPendingCreatedAt: oldest,
                oldestPendingByShard: oldest.map { [Self.shard: $0] } ?? [:]
            )
        )
    }

    static let description = SessionDescription(
        pipeline: "p",
        streamARN: StreamARN("arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/2026-01-02T02:39:00.000"),
        tableName: "T",
        viewType: .newAndOldImages,
        keyNames: ["messageId"],
        region: "us-east-1",
        handler: "observe",
        handlerWrites: false,
        startingPosition: "TRIM_HORIZON",
        batchSize: 100,
        batchWindow: .zero,
        eventNames: [],
        toolVersion: "0"
    )
}

extension SessionState {
    /// The state after these events, each so many milliseconds after the start.
    init(_ events: [(Int64, SessionEvent.Kind)], retention: SessionRetention = SessionRetention()) {
        self.init(retention: retention)
        for (index, event) in events.enumerated() {
            self.apply(SessionEvent(sequence: UInt64(index + 1), at: Samples.at(event.0), kind: event.1))
        }
    }
}
