// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Testing

@testable import weir

/// The last words of a run for people.
@Suite struct RunSummaryTests {
    private static func lines(destination: String? = nil, _ change: (inout SessionTotals) -> Void) -> [String] {
        var totals = SessionTotals()
        change(&totals)
        return RunSummary(
            totals: totals,
            wall: .milliseconds(1500),
            session: .seconds(2),
            cpu: .zero,
            startupCPU: .zero,
            maximumResidentKiB: 0,
            reason: "done",
            lastResult: .none,
            destination: destination
        ).lines
    }

    @Test func batchesOfWhichSomethingWasGivenUpAreBatches() {
        #expect(
            Self.lines {
                $0.succeeded = 7
                $0.dropped = 1
                $0.attemptsExhausted = 1
                $0.batchesDiscarded = 1
            } == [
                "7 of 8 records in 1 batch, 1.5 s; done",
                "1 record given up: 1 with all attempts used up, 0 too old",
            ]
        )
        #expect(
            Self.lines {
                $0.succeeded = 250
                $0.batchesSucceeded = 3
            } == ["250 records in 3 batches, 1.5 s; done"]
        )
    }

    @Test func whatIsLeftUndoneIsSaid() {
        #expect(
            Self.lines { $0.returned = 8 } == [
                "0 records in 0 batches, 1.5 s; done", "8 records read and left undone",
            ]
        )
    }

    @Test func messagesThatCouldNotBeSentAreSaid() {
        let arn = "arn:aws:sqs:us-east-1:123456789012:failed"
        func said(_ failed: Int, _ delivered: Int, _ destination: String?) -> String? {
            Self.lines(destination: destination) {
                $0.messagesFailed = failed
                $0.messagesDelivered = delivered
            }.first { $0.contains("message") }
        }
        #expect(said(3, 5, arn) == "3 of 8 messages could not be sent to \(arn)")
        #expect(said(1, 0, nil) == "1 of 1 message could not be sent to the failure destination")
        #expect(said(0, 8, arn) == nil)
    }

    @Test func requestsAreComparedOnlyWhereSomeWereSaved() {
        func work(_ work: HandlerWork) -> String? { Self.lines { $0.work = work }.last }
        #expect(work(HandlerWork(requests: ["Invoke": 8], singleRequests: 7)) == "8 Invoke requests")
        #expect(work(HandlerWork(requests: ["Invoke": 1], singleRequests: 1)) == "1 Invoke request")
        #expect(
            work(HandlerWork(requests: ["Invoke": 3], singleRequests: 250))
                == "3 Invoke requests; one by one: 250 requests"
        )
        #expect(
            work(
                HandlerWork(
                    requests: ["BatchWriteItem": 4],
                    itemsDeleted: 100,
                    singleRequests: 100,
                    writeCapacityUnits: 100
                )
            )
                == "100 deletes accepted with 4 BatchWriteItem requests, 100 write capacity units reported; one by one: 100 requests"
        )
    }
}
