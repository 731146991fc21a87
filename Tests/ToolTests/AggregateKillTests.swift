// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

/// The program is killed at seeded moments between a number and its position, and started again each time.
@Suite("kill -9 between a number and its position", .timeLimit(.minutes(5)))
struct AggregateKillTests {
    private static let kills = 50
    private static let changes = 2500

    @Test(arguments: [1, 4])
    func theNumbersAreTheSumsOfTheTable(writeShards: Int) async throws {
        let folder = try TemporaryFolder()
        let killer = Killer()
        let configuration = DemoConfiguration(
            shards: 3,
            checkpointFile: "\(folder.path)/unused.sqlite",
            toolVersion: "test"
        )
        try await DemoPipeline.run(
            configuration,
            clock: SystemClock(),
            logger: silentLogger,
            dropRequest: { name, _ in
                if name == "UpdateItem" { killer.sawRequest() }
                return false
            }
        ) { pipeline in
            let orders = AggregateOrders(api: pipeline.client)
            try await orders.create()
            try await orders.write(Self.changes, seed: 7)
            let arguments = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", AggregateOrders.orders, "--starting-position",
                "TRIM_HORIZON", "--handler", "aggregate", "--aggregate", "count", "--aggregate", "sum:NewImage.total",
                "--group-by", "NewImage.customer", "--aggregate-table", AggregateOrders.totals, "--write-shards",
                "\(writeShards)", "--concurrency", "\(writeShards)", "--yes", "--batch-size", "15", "--checkpoint-file",
                "\(folder.path)/positions.sqlite", "--until-idle", "500ms",
            ]
            var random = SplitMix64(seed: 7)
            var killed = 0
            for _ in 0..<Self.kills {
                let tool = try ToolProcess.start(arguments)
                // The first request of a run keeps the definition.
                killer.arm(tool, after: Int.random(in: 2...16, using: &random))
                if try await tool.result().status == 128 + SIGKILL { killed += 1 }
                killer.disarm()
            }
            #expect(killed == Self.kills)
            let last = try await ToolProcess.run(arguments)
            #expect(last.status == 0, "\(last.errors)")

            let read = try await ToolProcess.run([
                "aggregate", "read", "--aggregate-table", AggregateOrders.totals, "--json", "--endpoint-url",
                pipeline.endpoint,
            ])
            #expect(read.status == 0, "\(read.errors)")
            #expect(try AggregateOrders.numbers(in: read) == (try await orders.truth()))
        }
    }
}
