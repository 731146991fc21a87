// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// What the screen shows of a handler fits what it does.
@Suite
struct HandlerScreenTests {
    private static let sizes = [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large]

    private static func session(_ handler: String, _ request: String, _ work: HandlerWork) -> SessionState {
        var script = SessionScript()
        var description = SessionScript.description()
        description.handler = handler
        script.publish(.started(description))
        script.listShard(1)
        script.publish(.shardChanged(SessionScript.shardID(1), .reading))
        for number in 1...8 {
            let records = (0..<12).map { _ in script.record() }
            let shard = SessionScript.shardID(1)
            script.batch(shard: shard, of: records, result: nil)
            var work = work
            work.requests = [request: 2]
            script.publish(
                .batchFinished(
                    BatchOutcome(
                        id: BatchID(UInt64(number)),
                        shard: shard,
                        records: 12,
                        result: .succeeded,
                        attempts: 1,
                        handlerTime: .milliseconds(number == 8 ? 345 : 20),
                        work: work,
                        iteratorAge: .seconds(1)
                    )
                )
            )
            script.advance(.milliseconds(900))
            script.sample()
            script.advance(.milliseconds(100))
        }
        return script.state
    }

    private static func text(_ session: SessionState, _ size: ScreenSize, keys: String = "") -> String {
        var state = DashboardState(session: session, options: GoldenScreen.options)
        _ = state.reduce(.resized(size))
        for key in keys { _ = state.reduce(.key(.character(key))) }
        return render(state, theme: .dark, size: size).textLines.joined(separator: "\n")
    }

    @Test(arguments: [
        ("command /usr/bin/true", "command", HandlerDeed.command, "runs 2/s", "runs/s"),
        ("function orders", "Invoke", .function, "invocations 2/s", "invocations/s"),
    ])
    func whatIsInvokedHasInvocationsAndTheirTimeAndNothingOfTables(
        _ handler: String,
        _ request: String,
        _ deed: HandlerDeed,
        _ tile: String,
        _ chart: String
    ) {
        let session = Self.session(handler, request, HandlerWork(singleRequests: 12))
        #expect(session.deed == deed)
        for size in Self.sizes {
            let overview = Self.text(session, size, keys: "1z")
            #expect(overview.contains(tile) && overview.contains(chart), "\(size)")
            #expect(overview.contains("handler time") && overview.contains("345ms"), "\(size)")
            for keys in ["1", "1z", "2z", "3z"] {
                let text = Self.text(session, size, keys: keys)
                for word in ["del ", "deletes", "cap ", "capacity", "saved", "fewer", "DEL/S", "CAP", "REQS"] {
                    #expect(!text.contains(word), "\(word) in \(keys) at \(size)")
                }
            }
        }
        // The strip of a medium screen has the time without being asked.
        #expect(Self.text(session, GoldenScreen.medium).contains("handler time"))
    }

    @Test func anAggregateHasWritesAndCapacityAndNoDeletes() {
        let work = HandlerWork(singleRequests: 12, writeCapacityUnits: 2)
        let session = Self.session("aggregate count() by user into Totals", "UpdateItem", work)
        #expect(session.deed == .aggregate)
        for size in Self.sizes {
            let overview = Self.text(session, size, keys: "1z")
            for word in ["requests 2/s", "cap 2.00/s", "capacity units/s", "6.0x fewer", "16 units for 16 requests"] {
                #expect(overview.contains(word), "\(word) at \(size)")
            }
            for keys in ["1", "1z", "2z", "3z"] {
                let text = Self.text(session, size, keys: keys)
                for word in ["del ", "deletes", "DEL/S"] {
                    #expect(!text.contains(word), "\(word) in \(keys) at \(size)")
                }
            }
            #expect(Self.text(session, size, keys: "2z").contains("CAP/S"))
        }
    }

    @Test func deletedObjectsAreCountedAndTakeNoCapacity() {
        let work = HandlerWork(itemsDeleted: 12, singleRequests: 12)
        let session = Self.session("delete objects bucket/{keys.id}", "DeleteObjects", work)
        #expect(session.deed == .deleteObjects)
        for size in Self.sizes {
            let overview = Self.text(session, size, keys: "1z")
            for word in ["del 12/s", "objects deleted/s", "handler time", "96 objects deleted", "6.0x"] {
                #expect(overview.contains(word), "\(word) at \(size)")
            }
            for word in ["cap ", "capacity", "CAP"] {
                #expect(!Self.text(session, size, keys: "2z").contains(word) && !overview.contains(word), "\(word)")
            }
        }
    }

    @Test(arguments: [
        (HandlerWork(itemsDeleted: 1), HandlerDeed.delete), (HandlerWork(writeCapacityUnits: 1), .aggregate),
        (HandlerWork(), .other),
    ])
    func aHandlerOfSomebodyElsesHasTheFiguresThatItCounts(_ work: HandlerWork, _ deed: HandlerDeed) {
        #expect(Self.session("tell the warehouse", "Call", work).deed == deed)
    }

    @Test func theTimeOfASecondIsTheLongestOfItsBatches() {
        let session = Self.session("command x", "command", HandlerWork())
        #expect(session.seconds.compactMap(\.handlerTime).max() == .milliseconds(345))
        #expect(session.seconds.first?.handlerTime == .milliseconds(20))
    }
}
