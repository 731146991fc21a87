// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport

/// A session that somebody made up: all kinds of events in a believable order, the same for the same seed.
struct SessionScript {
    let clock = ManualClock()
    let hub: SessionHub
    private var random: SplitMix64
    private var nextRecord = 1
    private var nextBatch: UInt64 = 1
    private var open: [BatchDescription] = []
    private static let shards = [ShardID("shardId-0001"), ShardID("shardId-0002"), ShardID("shardId-0003")]

    init(seed: UInt64, retention: SessionRetention = SessionRetention()) {
        self.random = SplitMix64(seed: seed)
        self.hub = SessionHub(clock: self.clock, retention: retention)
    }

    static let description = SessionDescription(
        pipeline: "default",
        streamARN: StreamARN("arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"),
        tableName: "Orders",
        viewType: .newAndOldImages,
        keyNames: ["pk"],
        region: "eu-central-1",
        handler: "observe",
        handlerWrites: false,
        startingPosition: "TRIM_HORIZON",
        batchSize: 100,
        batchWindow: .milliseconds(1500),
        eventNames: [.insert],
        toolVersion: "test"
    )

    /// The beginning.
    mutating func begin() {
        self.hub.publish(.started(Self.description))
        self.hub.publish(.streamChanged(.enabled))
        for (index, shard) in Self.shards.enumerated() {
            self.hub.publish(
                .shardListed(
                    ShardDescription(
                        id: shard,
                        parent: index == 2 ? Self.shards[0] : nil,
                        range: SequenceRange(start: Self.number(1), end: index == 0 ? Self.number(9_999) : nil)
                    )
                )
            )
            self.hub.publish(.shardChanged(shard, index == 2 ? .waiting(parents: [Self.shards[0]]) : .reading))
        }
    }

    /// One thing that happens.
    mutating func step() {
        self.clock.advance(by: .milliseconds(Int64.random(in: 0...400, using: &self.random)))
        let shard = Self.shards[Int.random(in: 0...2, using: &self.random)]
        switch Int.random(in: 0...23, using: &self.random) {
        case 0...4: self.read(shard)
        case 5...10: self.finish(shard)
        case 11: self.hub.publish(.checkpoint(shard, .sequenceNumber(Self.number(self.nextRecord))))
        case 12:
            self.hub.publish(
                .sample(
                    EngineSample(
                        waitingRecords: Int.random(in: 0...99, using: &self.random),
                        inFlightRecords: 3,
                        oldestPendingCreatedAt: self.clock.now,
                        oldestPendingByShard: [shard: self.clock.now]
                    )
                )
            )
        case 13: self.hub.publish(.hold(self.hub.state.hold == nil ? .held : .resumed))
        case 14: self.hub.publish(.notice(Notice(level: .warning, shard: shard, code: "retry", message: "n\u{1B}[2J")))
        case 15: self.hub.publish(.shardChanged(shard, .backingOff(reason: "throttled", until: self.clock.now)))
        case 16:
            self.hub.publish(.dataLost(DataLoss(shard: shard, after: Self.number(7), reason: "trimmed")))
        case 17:
            if let entry = self.hub.state.records.last {
                self.hub.publish(.duplicate(entry.shard, entry.record.eventID))
            }
        case 18: self.hub.publish(.marker("mark \(self.nextRecord)"))
        case 19:
            self.hub.publish(.paced(WritePace(limit: 12.5, maximum: 40, change: .slowed, reason: "throttled")))
        case 20:
            if let batch = self.open.first {
                let work = HandlerWork(requests: ["DeleteItem": 1], itemsDeleted: 1, writeCapacityUnits: 0.5)
                self.hub.publish(.batchWorked(BatchWork(id: batch.id, shard: batch.shard, work: work)))
            }
        case 21:
            self.hub.publish(.stateChanged(StateChange(shard: shard, from: .enabled, to: .disabling)))
            self.hub.publish(.stateChanged(StateChange(from: nil, to: .creating)))
        case 22:
            self.hub.publish(
                .callFailed(
                    CallFailure(
                        shard: shard,
                        batch: self.open.first?.id,
                        operation: "GetRecords",
                        code: "ThrottlingException",
                        message: "m\u{1B}[2J",
                        isThrottling: true
                    )
                )
            )
        default:
            if self.nextRecord.isMultiple(of: 2) {
                self.hub.publish(.replayed(Self.replay))
            } else {
                self.hub.publish(.checkpoint(shard, .shardEnd))
            }
        }
    }

    static let replay = SessionReplay(
        batches: [BatchID(1), BatchID(2)],
        records: 5,
        handled: 3,
        handler: "command /bin/handler",
        region: "eu-central-1",
        endpoint: "http://127.0.0.1:8000",
        duration: .milliseconds(12),
        work: HandlerWork(requests: ["run": 2], singleRequests: 5),
        failure: "exit status 7"
    )

    private mutating func read(_ shard: ShardID) {
        let count = Int.random(in: 0...30, using: &self.random)
        self.hub.publish(
            .read(
                ReadSummary(
                    shard: shard,
                    records: count,
                    filteredOut: 0,
                    size: ByteCount(count * 100),
                    newestCreatedAt: count == 0 ? nil : self.clock.now,
                    duration: .microseconds(2345)
                )
            )
        )
        guard count > 0 else { return }
        let batch = BatchDescription(
            id: BatchID(self.nextBatch),
            shard: shard,
            records: (0..<count).map { _ in self.record() },
            firstReadAt: self.clock.now,
            reason: .full,
            lane: Int.random(in: 0...3, using: &self.random)
        )
        self.nextBatch += 1
        self.open.append(batch)
        self.hub.publish(.batchFormed(batch))
    }

    private mutating func finish(_ shard: ShardID) {
        guard !self.open.isEmpty else { return }
        let batch = self.open.removeFirst()
        if Bool.random(using: &self.random) {
            self.hub.publish(
                .batchRetried(
                    BatchRetry(
                        id: batch.id,
                        shard: batch.shard,
                        attempt: 1,
                        reason: "no",
                        delay: .milliseconds(200),
                        change: .split(first: 1, second: 2)
                    )
                )
            )
        }
        self.hub.publish(.batchAdvanced(BatchAdvance(id: batch.id, shard: batch.shard, records: 1)))
        self.hub.publish(
            .batchFinished(
                BatchOutcome(
                    id: batch.id,
                    shard: batch.shard,
                    records: batch.records.count,
                    result: Bool.random(using: &self.random) ? .succeeded : .abandoned(reason: "held"),
                    attempts: 2,
                    handlerTime: .nanoseconds(1_234_567),
                    work: HandlerWork(requests: ["BatchWriteItem": 2], itemsDeleted: 5, writeCapacityUnits: 2.5),
                    iteratorAge: .seconds(3),
                    remaining: batch.records.count - 1
                )
            )
        )
    }

    private mutating func record() -> StreamRecord {
        defer { self.nextRecord += 1 }
        let keys = Array(#"{"pk":{"S":"k\#(self.nextRecord)"}}"#.utf8)
        let size = Int.random(in: 0...400, using: &self.random)
        let image =
            Array(#"{"pk":{"S":"k\#(self.nextRecord)"},"v":{"S":""#.utf8) + Array(repeating: 120, count: size)
            + Array(#""}}"#.utf8)
        return StreamRecord(
            eventID: EventID(
                self.nextRecord.isMultiple(of: 2) ? "event-\(self.nextRecord)" : String(repeating: "a", count: 32)
            ),
            kind: self.nextRecord.isMultiple(of: 5) ? .modify : .insert,
            keys: RawItem(unchecked: keys[...]),
            oldImage: self.nextRecord.isMultiple(of: 5) ? RawItem(unchecked: image[...]) : nil,
            newImage: RawItem(unchecked: image[...]),
            sequenceNumber: Self.number(self.nextRecord),
            createdAt: Timestamp(milliseconds: self.clock.now.milliseconds / 1000 * 1000),
            size: ByteCount(keys.count + size),
            isTimeToLive: self.nextRecord.isMultiple(of: 7),
            region: "eu-central-1"
        )
    }

    static func number(_ value: Int) -> SequenceNumber {
        guard let number = SequenceNumber("1000000000000000\(100_000 + value)") else {
            preconditionFailure("digits are a number")
        }
        return number
    }
}
