// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@testable import weir

/// The lines that scripts read: each kind of event to the letter.
@Suite("JSON lines of a session")
struct SessionLinesTests {
    private static let shard = ShardID("shardId-1")
    private static let time = Timestamp(milliseconds: 1_795_250_598_035)
    private static let head = #"{"v":1,"type":"%","at":"2026-11-21T08:43:18.035Z","#

    private static let outcome = BatchOutcome(
        id: BatchID(7),
        shard: shard,
        records: 40,
        result: .succeeded,
        attempts: 2,
        handlerTime: .milliseconds(12),
        work: HandlerWork(
            requests: ["BatchWriteItem": 2],
            itemsDeleted: 40,
            kept: 2,
            writeCapacityUnits: 40,
            repeatedKeys: 1
        ),
        iteratorAge: .seconds(3)
    )

    private static let abandoned: BatchOutcome = {
        var outcome = Self.outcome
        outcome.result = .abandoned(reason: "held \u{1B}[2J too long")
        outcome.work = HandlerWork()
        return outcome
    }()

    private static let partial: BatchOutcome = {
        var outcome = Self.outcome
        outcome.result = .discarded
        outcome.discarded = 3
        outcome.work = HandlerWork()
        return outcome
    }()

    private static func retry(_ change: BatchRetry.Change) -> BatchRetry {
        BatchRetry(
            id: BatchID(7),
            shard: self.shard,
            attempt: 3,
            reason: "no",
            delay: .milliseconds(400),
            change: change
        )
    }

    private static func discard(_ message: RecordDiscard.MessageFate, reason: String?) -> RecordDiscard {
        RecordDiscard(
            id: BatchID(7),
            shard: self.shard,
            condition: .recordAgeExceeded,
            records: 3,
            first: self.sequence(100),
            last: self.sequence(102),
            invokeCount: 1,
            reason: reason,
            message: message
        )
    }

    private static let told: [(SessionEvent.Kind, type: String, rest: String)] = [
        (
            .shardListed(
                ShardDescription(
                    id: shard,
                    parent: ShardID("shardId-0"),
                    range: SequenceRange(start: sequence(100), end: sequence(200))
                )
            ),
            "shard", #""shard":"shardId-1","state":"listed","closed":true,"parent":"shardId-0"}"#
        ),
        (.shardChanged(shard, .reading), "shard", #""shard":"shardId-1","state":"reading"}"#),
        (
            .shardChanged(shard, .backingOff(reason: "throttled", until: time)), "shard",
            #""shard":"shardId-1","state":"backing-off","reason":"throttled"}"#
        ),
        (
            .batchFinished(outcome), "batch",
            #""batch":7,"shard":"shardId-1","records":40,"result":"succeeded","attempts":2,"handler_ms":12,"#
                + #""iterator_age_ms":3000,"requests":{"BatchWriteItem":2},"items_deleted":40,"#
                + #""kept":2,"write_capacity_units":40.0,"unprocessed_items":0,"throttles":0,"failed_requests":0,"repeated_keys":1}"#
        ),
        (
            .batchFinished(abandoned), "batch",
            #""batch":7,"shard":"shardId-1","records":40,"result":"abandoned","reason":"held \u001b[2J too long","#
                + #""attempts":2,"handler_ms":12,"iterator_age_ms":3000}"#
        ),
        (
            .batchRetried(
                BatchRetry(id: BatchID(7), shard: shard, attempt: 3, reason: "no", delay: .milliseconds(400))
            ),
            "error",
            #""level":"error","code":"batch-retry","shard":"shardId-1","batch":7,"attempt":3,"delay_ms":400,"#
                + #""message":"no"}"#
        ),
        (
            .batchFinished(partial), "batch",
            #""batch":7,"shard":"shardId-1","records":40,"result":"discarded","discarded":3,"attempts":2,"#
                + #""handler_ms":12,"iterator_age_ms":3000}"#
        ),
        (
            .batchRetried(retry(.notInvoked)), "error",
            #""level":"error","code":"batch-retry","shard":"shardId-1","batch":7,"attempt":3,"delay_ms":400,"#
                + #""counts":false,"message":"no"}"#
        ),
        (
            .batchRetried(retry(.split(first: 2, second: 3))), "error",
            #""level":"error","code":"batch-bisect","shard":"shardId-1","batch":7,"attempt":3,"delay_ms":400,"#
                + #""halves":[2,3],"message":"no"}"#
        ),
        (
            .batchRetried(retry(.rest(done: 2, left: 3))), "error",
            #""level":"error","code":"batch-partial","shard":"shardId-1","batch":7,"attempt":3,"delay_ms":400,"#
                + #""done":2,"left":3,"message":"no"}"#
        ),
        (
            .discarded(discard(.none, reason: nil)), "discard",
            #""batch":7,"shard":"shardId-1","condition":"RecordAgeExceeded","records":3,"start":"100","end":"102","#
                + #""invoke_count":1}"#
        ),
        (
            .discarded(discard(.delivered, reason: "no")), "discard",
            #""batch":7,"shard":"shardId-1","condition":"RecordAgeExceeded","records":3,"start":"100","end":"102","#
                + #""invoke_count":1,"message":"no","destination":"delivered"}"#
        ),
        (
            .discarded(discard(.dropped(reason: "full"), reason: nil)), "discard",
            #""batch":7,"shard":"shardId-1","condition":"RecordAgeExceeded","records":3,"start":"100","end":"102","#
                + #""invoke_count":1,"destination":"failed","destination_error":"full"}"#
        ),
        (
            .dataLost(DataLoss(shard: shard, after: sequence(150), reason: "trimmed")), "error",
            #""level":"error","code":"data-lost","shard":"shardId-1","after":"150","message":"trimmed"}"#
        ),
        (
            .notice(Notice(level: .info, code: "start", message: "begins")), "notice",
            #""level":"info","code":"start","message":"begins"}"#
        ),
        (
            .notice(Notice(level: .error, code: "down", message: "gone")), "error",
            #""level":"error","code":"down","message":"gone"}"#
        ),
        (
            .callFailed(
                CallFailure(
                    shard: nil,
                    operation: "DescribeStream",
                    code: "TimedOut",
                    message: "t",
                    isThrottling: false
                )
            ),
            "call-failed", #""operation":"DescribeStream","code":"TimedOut","throttled":false,"message":"t"}"#
        ),
        (
            .callFailed(
                CallFailure(
                    shard: shard,
                    batch: BatchID(7),
                    operation: "DeleteItem",
                    code: "ThrottlingException",
                    message: "slow \u{1B}[2J",
                    isThrottling: true
                )
            ),
            "call-failed",
            #""operation":"DeleteItem","code":"ThrottlingException","throttled":true,"shard":"shardId-1","batch":7,"#
                + #""message":"slow \u001b[2J"}"#
        ),
        (.stateChanged(StateChange(from: nil, to: .creating)), "state", #""state":"Creating"}"#),
        (
            .stateChanged(StateChange(shard: shard, from: .disabling, to: .disabled)), "state",
            #""shard":"shardId-1","state":"Disabled","was":"Disabling"}"#
        ),
        (
            .notice(Notice(level: .warning, shard: shard, code: "slow", message: "late")), "warning",
            #""level":"warning","code":"slow","shard":"shardId-1","message":"late"}"#
        ),
        (
            .paced(WritePace(limit: 3.50049, maximum: 100, change: .slowed, reason: "full")), "pace",
            #""change":"slowed","write_capacity_per_s":3.5,"maximum_write_capacity":100,"message":"full"}"#
        ),
        (.paced(WritePace(limit: nil, maximum: nil, change: .lifted)), "pace", #""change":"lifted"}"#),
        (.streamChanged(.disabled), "stream", #""status":"DISABLED"}"#),
        (.gap(12), "gap", #""missing_events":12}"#),
        (.ended("idle"), "end", #""reason":"idle"}"#),
    ]

    @Test(arguments: told.indices)
    func eachIsOneLineWithItsNames(index: Int) {
        let (kind, type, rest) = Self.told[index]
        var lines = SessionLines()
        let expected = Self.head.replacing("%", with: type) + rest + "\n"
        #expect(self.text(kind, &lines) == expected)
    }

    /// A shard that reads on is no news; one that is held and reads again is.
    @Test func theSameActivityIsToldOnce() {
        var lines = SessionLines()
        let changes: [ShardActivity] = [.reading, .reading, .held, .reading]
        #expect(changes.map { self.text(.shardChanged(Self.shard, $0), &lines) != nil } == [true, false, true, true])
    }

    @Test func whatIsCountedInOtherLinesIsNotTold() {
        var lines = SessionLines()
        #expect(self.text(.marker("here"), &lines) == nil)
        #expect(self.text(.duplicate(Self.shard, EventID("e")), &lines) == nil)
    }

    private static func sequence(_ number: Int) -> SequenceNumber {
        guard let sequence = SequenceNumber("\(number)") else { preconditionFailure("digits are a sequence number") }
        return sequence
    }

    private func text(_ kind: SessionEvent.Kind, _ lines: inout SessionLines) -> String? {
        lines.line(for: .event(SessionEvent(sequence: 1, at: Self.time, kind: kind)))
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
