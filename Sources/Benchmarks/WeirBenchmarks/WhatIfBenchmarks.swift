// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Benchmark
import DynamoDBModel
import RecordHandlers
import Simulation
import StreamSession

/// What it costs to run a session of 1,000,000 records again: read, batches of 100 formed, deletes planned and answered.
func declareWhatIfBenchmarks() {
    for mode in DeleteMode.allCases {
        Benchmark(
            "what-if of 1,000,000 records, \(mode.rawValue) deletes",
            configuration: Benchmark.Configuration(
                metrics: [.wallClock, .cpuTotal, .peakMemoryResident],
                maxDuration: .seconds(30),
                maxIterations: 3
            )
        ) { benchmark in
            let simulation = ArrivalSimulation(RecordedMillion.arrivals(), handlerTime: .measured)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(
                    try simulation.run(
                        SimulationSettings(
                            batchSize: 100,
                            batchWindow: .seconds(60),
                            parallelizationFactor: 1,
                            deleteMode: mode
                        )
                    )
                )
            }
        }
    }
}

/// A session of four shards, each of which gets 1,000 records a second.
private enum RecordedMillion {
    private static let shards = 4
    private static let records = 1_000_000
    private static let beginning = Timestamp(seconds: 1_767_225_600)

    static func arrivals() -> RecordedArrivals {
        var work = RecordedWork()
        work.add(
            BatchOutcome(
                id: BatchID(1),
                shard: ShardID("shardId-1"),
                records: 100,
                result: .succeeded,
                attempts: 1,
                handlerTime: .milliseconds(20),
                work: HandlerWork(requests: ["BatchWriteItem": 4], itemsDeleted: 100, writeCapacityUnits: 100),
                iteratorAge: .zero
            )
        )
        return RecordedArrivals(
            description: Self.description,
            beginning: Self.beginning,
            end: Self.beginning.advanced(by: .milliseconds(Self.records / Self.shards)),
            shards: (0..<Self.shards).map(Self.shard),
            work: work,
            readTime: .milliseconds(5),
            batches: Self.records / 100,
            missingEvents: 0
        )
    }

    private static func shard(_ number: Int) -> RecordedArrivals.Shard {
        let records = (0..<Self.records / Self.shards).map { index in
            var record = StoryPage.record(number + index * Self.shards)
            record.newImage = nil
            record.createdAt = Self.beginning.advanced(by: .milliseconds(index))
            return record
        }
        return RecordedArrivals.Shard(
            id: ShardID("shardId-\(number)"),
            listedAt: Self.beginning,
            records: records,
            units: records.map { _ in 1 }
        )
    }

    private static var description: SessionDescription {
        SessionDescription(
            pipeline: "benchmark",
            streamARN: CannedStream.arn,
            tableName: "staging",
            viewType: .newImage,
            keyNames: StoryPage.keyNames,
            region: "eu-west-1",
            handler: "delete from staging (batch)",
            handlerWrites: true,
            startingPosition: "TRIM_HORIZON",
            batchSize: 100,
            batchWindow: .zero,
            eventNames: [],
            toolVersion: "benchmark"
        )
    }
}
