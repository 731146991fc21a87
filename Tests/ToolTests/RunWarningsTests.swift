// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Testing

@testable import weir

/// What a headless run tells people at once, and how seldom.
@Suite struct RunWarningsTests {
    private static let start = Timestamp(seconds: 1_700_000_000)
    private static let shard = ShardID("shardId-1")

    private static func frame(_ kind: SessionEvent.Kind, at seconds: Int = 0) -> SessionFrame {
        .event(SessionEvent(sequence: 1, at: Self.start.advanced(by: .seconds(seconds)), kind: kind))
    }

    private static func retry(
        _ reason: String,
        _ change: BatchRetry.Change = .again,
        shard: ShardID = RunWarningsTests.shard
    ) -> SessionEvent.Kind {
        .batchRetried(
            BatchRetry(id: BatchID(3), shard: shard, attempt: 2, reason: reason, delay: .zero, change: change)
        )
    }

    private static func discard(
        _ message: RecordDiscard.MessageFate,
        reason: String? = nil
    ) throws -> SessionEvent.Kind {
        let number = try #require(SequenceNumber("100"))
        return .discarded(
            RecordDiscard(
                id: BatchID(3),
                shard: Self.shard,
                condition: .retryAttemptsExhausted,
                records: 1,
                first: number,
                last: number,
                invokeCount: 1,
                reason: reason,
                message: message
            )
        )
    }

    @Test func aFailureIsToldAtOnceAndTheSameOneOnceAMinute() {
        var warnings = RunWarnings()
        let told = [0, 1, 30, 59, 60, 119, 120].filter {
            warnings.lines(for: Self.frame(Self.retry("out of space"), at: $0)).first != nil
        }
        #expect(told == [0, 60, 120])
        let first = RunWarnings.line(Self.frame(Self.retry("out of space")))
        #expect(first == "weir: warning: batch 3 failed and is tried again, attempt 2 on shardId-1: out of space")
    }

    @Test func failuresOfOneShardThatAlwaysDifferComeTenSecondsApart() {
        var warnings = RunWarnings()
        let told = (0..<25).filter { warnings.lines(for: Self.frame(Self.retry("request \($0)"), at: $0)).first != nil }
        #expect(told == [0, 10, 20])
        #expect(warnings.lines(for: Self.frame(Self.retry("no", shard: ShardID("shardId-2")), at: 21)).first != nil)
    }

    @Test func whatAFunctionReportsItselfIsNoWarning() {
        #expect(RunWarnings.line(Self.frame(Self.retry("named", .rest(done: 1, left: 2)))) == nil)
        #expect(RunWarnings.line(Self.frame(Self.retry("no", .split(first: 1, second: 1)))) != nil)
    }

    @Test func aDestinationThatFailsIsToldOnceUntilItTakesMessagesAgain() throws {
        var warnings = RunWarnings()
        let dropped = RecordDiscard.MessageFate.dropped(reason: "no answer within 10 s.")
        let told = try [.delivered, dropped, dropped, .none, .delivered, .delivered, dropped].map {
            warnings.lines(for: Self.frame(try Self.discard($0)))
        }
        let failure = "weir: warning: the failure destination did not take a message: no answer within 10 s."
        #expect(
            told == [[], [failure], [], [], ["weir: the failure destination takes messages again"], [], [failure]]
        )
    }

    @Test func whatIsGivenUpWithoutAnotherAttemptIsToldWithItsReason() throws {
        var warnings = RunWarnings()
        let lines = try [0, 1, 60].map {
            warnings.lines(for: Self.frame(try Self.discard(.none, reason: "exit status 3"), at: $0))
        }
        let line = "weir: warning: 1 record of batch 3 given up on shardId-1: exit status 3"
        #expect(lines == [[line], [], [line]])
        // Not even where the destination fails as well.
        let both = warnings.lines(
            for: Self.frame(try Self.discard(.dropped(reason: "full"), reason: "exit status 3"), at: 180)
        )
        #expect(both == [line, "weir: warning: the failure destination did not take a message: full"])
        // Its attempts were told before.
        var tried = RunWarnings()
        _ = tried.lines(for: Self.frame(Self.retry("exit status 3")))
        #expect(tried.lines(for: Self.frame(try Self.discard(.delivered, reason: "exit status 3"))) == [])
    }

    @Test func aWindowThatIsGivenUpIsTold() {
        let notice = Notice(level: .error, code: Notice.windowDiscarded, message: "its state is lost")
        #expect(RunWarnings.line(Self.frame(.notice(notice))) == "weir: warning: its state is lost")
    }

    @Test func waitingForAWindowIsToldAndOtherNoticesAreNot() {
        let end = Self.start.advanced(by: .seconds(900))
        let line = RunWarnings.line(Self.frame(.notice(.waitsForWindow(end: end, quietFor: .seconds(1)))))
        #expect(
            line?.hasPrefix("weir: nothing new for 1.0 seconds; waits for the tumbling window that ends at") == true
        )
        #expect(line?.contains(end.iso8601) == true)
        #expect(RunWarnings.line(Self.frame(.notice(Notice(level: .warning, code: "slow", message: "late")))) == nil)
    }

    @Test func whatFailsIsToldWithItsShard() {
        let notice = Notice(level: .error, shard: ShardID("shardId-1"), code: "ConnectionFailed", message: "no answer")
        #expect(RunWarnings.line(Self.frame(.notice(notice))) == "weir: shardId-1: no answer")
        #expect(
            RunWarnings.line(Self.frame(.notice(Notice(level: .error, code: "x", message: "late")))) == "weir: late"
        )
    }
}

extension RunWarnings {
    /// What is told of one frame if nothing was told before.
    fileprivate static func line(_ frame: SessionFrame) -> String? {
        var warnings = RunWarnings()
        return warnings.lines(for: frame).first
    }
}
