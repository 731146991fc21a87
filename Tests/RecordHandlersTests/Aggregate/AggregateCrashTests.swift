// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import Logging
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

/// The consumer is ended without warning at seeded moments after a number was written and before the position was stored,
/// and begun again each time.
@Suite("Crashes between a number and its position", .timeLimit(.minutes(5)))
struct AggregateCrashTests {
    /// A world with a stream that is added up, and the moments in it when a number had just been written.
    private final class World: Sendable {
        let time: VirtualTime
        let fixture: AggregateFixture
        /// Storing a position takes its time as well.
        let positions: SlowStore
        private let moments = Mutex<[Int]>([])
        private let seed: UInt64

        init(seed: UInt64) throws {
            self.seed = seed
            let time = VirtualTime(seed: seed)
            self.time = time
            self.positions = SlowStore(clock: time)
            guard
                case .finished(let made) = time.run({
                    let fixture = try await AggregateFixture(clock: time, shards: 1 + Int(seed % 3))
                    try await Self.write(fixture, time, seed: seed)
                    return fixture
                })
            else { preconditionFailure("the orders were not written") }
            self.fixture = try made.get()
        }

        /// How many jobs had run, each time a number had been written.
        var writes: [Int] { self.moments.withLock { $0 } }

        /// Orders that come, change, move between customers and go, in shards that roll over and split.
        private static func write(_ fixture: AggregateFixture, _ time: VirtualTime, seed: UInt64) async throws {
            var generator = SplitMix64(seed: seed)
            for number in 0..<160 {
                let id = "\(Int.random(in: 0..<40, using: &generator))"
                let customer = "c\(Int.random(in: 0..<4, using: &generator))"
                if Int.random(in: 0..<5, using: &generator) == 0 {
                    try await fixture.delete(id)
                } else {
                    // 38 digits, so that a sum of doubles would not be right.
                    let digits = UInt64.random(
                        in: 1_000_000_000_000_000_000..<2_000_000_000_000_000_000,
                        using: &generator
                    )
                    let sign = Bool.random(using: &generator) ? "-" : ""
                    try await fixture.put(id, customer: customer, total: "\(sign)\(digits % 1_000_000).\(digits)")
                }
                if number == 50 { _ = try fixture.store.rollOver(table: AggregateFixture.orders) }
                if number == 100 { _ = try fixture.store.split(table: AggregateFixture.orders) }
                try await time.sleep(for: .seconds(1))
            }
        }

        /// Runs a consumer until it has nothing to do any more, or for so many jobs.
        ///
        /// - Returns: Whether it came to its end.
        func consume(maximumJobs: Int = .max) throws -> Bool {
            let outcome = self.time.run(maximumJobs: maximumJobs) { [self] in
                let consumer = try await self.makeConsumer()
                try await consumer.run()
            }
            switch outcome {
            case .finished(let result):
                try result.get()
                return true
            case .crashed:
                self.time.forgetPrograms()
                return false
            case .stuck: throw Stuck()
            }
        }

        private struct Stuck: Error {}

        private func makeConsumer() async throws -> StreamConsumer {
            let stream = try await self.fixture.stream()
            var configuration = ConsumerConfiguration(
                streamARN: stream.arn,
                startingPosition: .trimHorizon,
                untilIdle: .seconds(30)
            )
            configuration.seed = self.seed
            configuration.batchSize = [5, 12, 30][Int(self.seed % 3)]
            return StreamConsumer(
                configuration: configuration,
                description: configuration.description(of: stream, handler: "aggregate", handlerWrites: true),
                api: self.fixture.store,
                checkpoints: self.positions,
                handler: try await self.makeHandler(),
                clock: self.time,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                taskExecutor: self.time
            )
        }

        private func makeHandler() async throws -> AggregateHandler {
            // A request and its answer take their time: a crash can come before the write, and between it and its answer.
            let tables = InterceptedTables(inner: self.fixture.store) {
                [self] (request, update) async throws(DynamoDBError) in
                await self.pass()
                let result: Result<ItemResult, DynamoDBError>
                do throws(DynamoDBError) { result = .success(try await update(request)) } catch {
                    result = .failure(error)
                }
                self.moments.withLock { $0.append(self.time.jobCount) }
                await self.pass()
                return try result.get()
            }
            return try await self.fixture.handler(
                try AggregateDefinitionTests.definition(
                    ["count", "sum:NewImage.total"],
                    by: "NewImage.customer",
                    writeShards: 1 + Int(self.seed % 4)
                ),
                tables: tables,
                concurrency: 1 + Int(self.seed % 2) * 2
            )
        }

        private func pass() async {
            try? await self.time.sleep(for: .milliseconds(5))
        }

        func truth() throws -> (numbers: [String: [String]], truth: [String: [String]]) {
            let fixture = self.fixture
            guard
                case .finished(let result) = self.time.run({
                    let numbers = try await fixture.numbers().filter { $0.value != ["0", "0"] }
                    return (numbers, try await fixture.truth())
                })
            else { throw Stuck() }
            return try result.get()
        }
    }

    @Test(arguments: UInt64(0)..<50)
    func theNumbersAreTheTruthWhereverItIsKilled(seed: UInt64) throws {
        // How it goes without a crash tells the moments to choose from: the same seed goes the same way.
        let whole = try World(seed: seed)
        #expect(try whole.consume())
        let undisturbed = try whole.truth()
        #expect(undisturbed.numbers == undisturbed.truth)

        var generator = SplitMix64(seed: seed &+ 1000)
        let world = try World(seed: seed)
        var killed = 0
        let first = try #require(whole.writes.randomElement(using: &generator))
        // Right behind the write, or while its answer or the position is on its way.
        killed += try world.consume(maximumJobs: first + Int.random(in: 0...6, using: &generator)) ? 0 : 1
        // And again while it makes good for that, after some more writes.
        for _ in 0..<3 {
            let jobs = world.time.jobCount + Int.random(in: 30...300, using: &generator)
            killed += try world.consume(maximumJobs: jobs) ? 0 : 1
        }
        #expect(killed > 0)
        #expect(try world.consume())
        let end = try world.truth()
        #expect(end.numbers == end.truth, "seed \(seed)")
        #expect(end.truth == undisturbed.truth)
    }
}
