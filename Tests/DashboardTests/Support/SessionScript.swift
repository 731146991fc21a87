// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Builds a session by feeding events through the real reducer: what a screen shows is what a run would show.
struct SessionScript {
    private(set) var state = SessionState()
    private(set) var now: Timestamp
    private var sequence: UInt64 = 0
    private var nextBatch: UInt64 = 1
    private var nextRecord = 1

    /// 2026-01-02T02:40:00Z.
    static let start = Timestamp(milliseconds: 1_767_321_600_000)

    init() {
        self.now = Self.start
    }

    mutating func advance(_ duration: Duration) {
        self.now = self.now.advanced(by: duration)
    }

    /// Applies an event, with the changes of state that an engine publishes with it.
    mutating func publish(_ kind: SessionEvent.Kind) {
        if case .ended = kind { self.apply(self.state.stateChangesOfEnd) }
        self.apply(kind)
        self.apply(self.state.stateChanges(after: kind))
    }

    private mutating func apply(_ changes: [StateChange]) {
        for change in changes { self.apply(.stateChanged(change)) }
    }

    private mutating func apply(_ kind: SessionEvent.Kind) {
        self.sequence += 1
        self.state.apply(SessionEvent(sequence: self.sequence, at: self.now, kind: kind))
    }

    /// The story's pipeline: batches of deletes from the staging table.
    static func description(
        viewType: StreamViewType = .newAndOldImages,
        tableName: String = "OrderEvents",
        provisioned: Int? = 80
    ) -> SessionDescription {
        SessionDescription(
            pipeline: "cleanup",
            streamARN: StreamARN(
                "arn:aws:dynamodb:us-east-1:000000000000:table/\(tableName)/stream/2026-01-02T02:39:00.000"
            ),
            tableName: tableName,
            viewType: viewType,
            keyNames: ["messageId", "createdAt"],
            region: "us-east-1",
            endpoint: "http://127.0.0.1:41235",
            handler: "delete from StagingEvents (batch)",
            handlerWrites: true,
            startingPosition: "TRIM_HORIZON",
            batchSize: 100,
            batchWindow: .zero,
            eventNames: [],
            provisionedWriteCapacity: provisioned,
            toolVersion: "0.1.0"
        )
    }

    static func shardID(_ number: Int) -> ShardID {
        ShardID("shardId-00000001767321\(500_000 + number * 10_000)-3f9a12a\(number % 10)")
    }

    /// A sequence number of 21 digits.
    static func sequence(_ number: Int) -> SequenceNumber {
        guard let sequence = SequenceNumber(String(100_000_000_000_000_000_000 as Int128 + Int128(number))) else {
            preconditionFailure("\(number) makes no sequence number")
        }
        return sequence
    }

    mutating func listShard(_ number: Int, parent: Int? = nil, isClosed: Bool = false) {
        self.publish(
            .shardListed(
                ShardDescription(
                    id: Self.shardID(number),
                    parent: parent.map(Self.shardID),
                    range: SequenceRange(start: Self.sequence(0), end: isClosed ? Self.sequence(9999) : nil)
                )
            )
        )
    }

    /// A record of the story: an order's event, held as JSON in a string.
    mutating func record(kind: ChangeKind? = nil, lag: Duration = .seconds(1)) -> StreamRecord {
        let number = self.nextRecord
        self.nextRecord += 1
        let kind = kind ?? (number % 7 == 0 ? .remove : number % 3 == 0 ? .modify : .insert)
        let created = self.now.advanced(by: .zero - lag).milliseconds / 1000
        let keys: Item = [
            "messageId": .string("m-\(77_000 + number)"), "createdAt": .number(DecimalNumber(Int(created))),
        ]
        var new = keys
        new["event"] = .string(#"{"type":"OrderPlaced","order":\#(number),"lines":[{"sku":"A-1","count":2}]}"#)
        new["status"] = .string(kind == .modify ? "shipped" : "paid")
        new["total"] = .number(DecimalNumber("\(number).50") ?? DecimalNumber(number))
        var old = new
        old["status"] = .string("paid")
        old["event"] = .string(#"{"type":"OrderPlaced","order":\#(number),"lines":[{"sku":"A-1","count":1}]}"#)
        old["note"] = kind == .modify ? .string("call first") : nil
        if kind == .modify { new["carrier"] = .string("Post") }
        return StreamRecord(
            eventID: EventID("e\(number)"),
            kind: kind,
            keys: RawItem(keys),
            oldImage: kind == .insert ? nil : RawItem(old),
            newImage: kind == .remove ? nil : RawItem(new),
            sequenceNumber: Self.sequence(number),
            createdAt: Timestamp(seconds: created),
            size: ByteCount(173),
            isTimeToLive: kind == .remove && number % 2 == 0
        )
    }

    /// Reads records of a shard, deletes by them in calls of 25, stores the position.
    mutating func batch(
        shard: Int,
        records count: Int,
        lag: Duration = .seconds(1),
        handlerTime: Duration = .milliseconds(9)
    ) {
        let records = (0..<count).map { _ in self.record(lag: lag) }
        self.batch(shard: Self.shardID(shard), of: records, lag: lag, handlerTime: handlerTime)
    }

    mutating func batch(
        shard: ShardID,
        of records: [StreamRecord],
        lag: Duration = .seconds(1),
        handlerTime: Duration = .milliseconds(9),
        failures: Int = 0,
        result: BatchOutcome.Result? = .succeeded
    ) {
        let id = BatchID(self.nextBatch)
        self.nextBatch += 1
        let count = records.count
        self.publish(
            .read(
                ReadSummary(
                    shard: shard,
                    records: count,
                    filteredOut: 0,
                    size: ByteCount(173 * count),
                    newestCreatedAt: records.last?.createdAt,
                    duration: .milliseconds(4)
                )
            )
        )
        self.publish(
            .batchFormed(
                BatchDescription(
                    id: id,
                    shard: shard,
                    records: records,
                    firstReadAt: self.now,
                    reason: count >= 100 ? .full : .window
                )
            )
        )
        for attempt in 0..<failures {
            self.publish(
                .batchRetried(
                    BatchRetry(
                        id: id,
                        shard: shard,
                        attempt: attempt + 1,
                        reason: "BatchWriteItem: ThrottlingException, rate exceeded",
                        delay: .milliseconds(200)
                    )
                )
            )
        }
        guard let result else { return }
        let requests = (count + 24) / 25
        let isDone = result == .succeeded
        self.publish(
            .batchFinished(
                BatchOutcome(
                    id: id,
                    shard: shard,
                    records: count,
                    result: result,
                    attempts: failures + 1,
                    handlerTime: handlerTime,
                    work: HandlerWork(
                        requests: ["BatchWriteItem": requests + failures],
                        itemsDeleted: isDone ? count : 0,
                        singleRequests: isDone ? count : 0,
                        writeCapacityUnits: isDone ? Double(count) : 0,
                        throttles: failures
                    ),
                    iteratorAge: lag
                )
            )
        )
        if isDone, let last = records.last { self.publish(.checkpoint(shard, .sequenceNumber(last.sequenceNumber))) }
    }

    /// Reads a shard in which there is nothing new.
    mutating func emptyRead(shard: Int) {
        self.publish(
            .read(
                ReadSummary(
                    shard: Self.shardID(shard),
                    records: 0,
                    filteredOut: 0,
                    size: ByteCount(0),
                    newestCreatedAt: nil,
                    duration: .milliseconds(4)
                )
            )
        )
    }

    /// The engine's figures; the oldest record waits in the first shard, one not as old in the second.
    mutating func sample(waiting: Int = 0, inFlight: Int = 0, oldest: Duration? = nil) {
        let created = oldest.map { self.now.advanced(by: .zero - $0) }
        self.publish(
            .sample(
                EngineSample(
                    waitingRecords: waiting,
                    inFlightRecords: inFlight,
                    oldestPendingCreatedAt: created,
                    oldestPendingByShard: created.map {
                        [Self.shardID(1): $0, Self.shardID(2): $0.advanced(by: .milliseconds(300))]
                    } ?? [:]
                )
            )
        )
    }
}
