// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@testable import LocalEndpoint

@Suite
struct FaultInjectorTests {
    private func injector(seed: UInt64 = 7, _ faults: String...) throws -> FaultInjector {
        FaultInjector(seed: seed, faults: try faults.map { (text) throws in try FaultSpecification(text) })
    }

    /// Which of so many requests are met.
    private func numbers(_ injector: FaultInjector, _ count: Int, _ operation: String = "GetRecords") -> [Int] {
        (0..<count).filter { _ in injector.plan(operation).action != nil }
    }

    @Test func withoutARateAllRequestsAreMet() throws {
        let injector = try self.injector("GetRecords:drop")
        #expect(self.numbers(injector, 5) == [0, 1, 2, 3, 4])
        #expect(injector.entries.map(\.requests) == [5])
        #expect(injector.entries.map(\.injected) == [5])
    }

    @Test func theRateIsTheShareThatIsMet() throws {
        let injector = try self.injector("GetRecords:drop,rate=0.2")
        let count = self.numbers(injector, 10_000).count
        #expect((1800...2200).contains(count))
        #expect(injector.entries.map(\.injected) == [count])
        #expect(self.numbers(try self.injector("GetRecords:drop,rate=0"), 1000).isEmpty)
    }

    @Test func aSeedAlwaysGivesTheSame() throws {
        let once = self.numbers(try self.injector(seed: 3, "GetRecords:drop,rate=0.3"), 1000)
        #expect(self.numbers(try self.injector(seed: 3, "GetRecords:drop,rate=0.3"), 1000) == once)
        #expect(self.numbers(try self.injector(seed: 4, "GetRecords:drop,rate=0.3"), 1000) != once)
    }

    @Test func anotherFaultDoesNotChangeWhatOneDraws() throws {
        let alone = self.numbers(try self.injector("GetRecords:drop,rate=0.3"), 1000)
        let both = try self.injector("GetRecords:drop,rate=0.3", "PutItem:drop,rate=0.5")
        let mixed = (0..<1000).filter { _ in
            _ = both.plan("PutItem")
            return both.plan("GetRecords").action != nil
        }
        #expect(mixed == alone)
    }

    @Test func twoFaultsAlikeDrawDifferently() throws {
        let injector = try self.injector("GetRecords:drop,rate=0.5", "PutItem:drop,rate=0.5")
        #expect(self.numbers(injector, 200) != self.numbers(injector, 200, "PutItem"))
    }

    @Test func afterAndCountBoundIt() throws {
        let injector = try self.injector("GetRecords:drop,after=2,count=3")
        #expect(self.numbers(injector, 10) == [2, 3, 4])
    }

    @Test func onlyItsOperationIsMet() throws {
        let injector = try self.injector("PutItem:drop")
        #expect(self.numbers(injector, 3).isEmpty)
        #expect(injector.entries.map(\.requests) == [0])
        #expect(self.numbers(try self.injector("*:drop"), 1, "PutItem") == [0])
    }

    @Test func latenciesAddUpAndTheFirstOfTheOthersCounts() throws {
        let injector = try self.injector(
            "*:latency=100ms",
            "GetRecords:error=ThrottlingException,latency=20ms",
            "GetRecords:drop",
            "GetRecords:latency=3ms"
        )
        let plan = injector.plan("GetRecords")
        #expect(plan.latency == .milliseconds(123))
        #expect(plan.kinds == [.latency, .error, .latency])
        guard case .error(let error)? = plan.action else {
            Issue.record("no error")
            return
        }
        #expect(error.code == .throttling && error.status == 400)
        #expect(injector.entries.map(\.requests) == [1, 1, 0, 1])
    }

    @Test(arguments: [
        ("error=InternalServerError", "InternalServerError", 500),
        ("error=ServiceUnavailable", "ServiceUnavailable", 500),
        ("error=ValidationException", "ValidationException", 400),
        ("error=InternalServerError,status=503", "InternalServerError", 503),
        ("expire-iterator", "ExpiredIteratorException", 400),
    ])
    func errorsHaveTheStatusOfTheirKind(kind: String, code: String, status: Int) throws {
        guard case .error(let error)? = try self.injector("GetRecords:\(kind)").plan("GetRecords").action else {
            Issue.record("no error")
            return
        }
        #expect(error.code.name == code && error.status == status)
        #expect(!error.message.isEmpty)
    }

    @Test func writesAreLeftOneByOne() throws {
        let injector = try self.injector("BatchWriteItem:unprocessed,rate=0.2")
        var left = 0
        var met = 0
        for _ in 0..<400 {
            guard case .unprocessed(let places)? = injector.plan("BatchWriteItem", writes: 25).action else { continue }
            met += 1
            #expect(places.isSubset(of: Set(0..<25)))
            left += places.count
        }
        #expect((1800...2200).contains(left))
        // A batch of which nothing is left is not met.
        let entry = try #require(injector.entries.first)
        #expect(entry.requests == 400 && entry.injected == met)
    }

    @Test func faultsCanBeTakenAway() throws {
        let injector = try self.injector("GetRecords:drop", "PutItem:drop", "Scan:drop")
        #expect(injector.entries.map(\.id) == [1, 2, 3])
        #expect(injector.clear(2) == 1)
        #expect(injector.clear(2) == 0)
        #expect(injector.entries.map(\.id) == [1, 3])
        #expect(injector.inject(try FaultSpecification("PutItem:drop")) == 4)
        #expect(injector.clear() == 3)
        #expect(injector.plan("GetRecords").action == nil)
    }

    @Test func everyOperationOfTheServicesCanBeMet() throws {
        let clock = ManualClock()
        let table = OperationTable(
            store: try LocalStore(clock: clock),
            log: RequestLog(startedAt: clock.now),
            faults: FaultInjector(seed: 0)
        )
        #expect(table.serviceOperations == FaultSpecification.operations.sorted())
    }
}
