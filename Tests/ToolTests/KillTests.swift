// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

/// The program is killed at seeded moments between a delete and its checkpoint and started again each time.
@Suite("kill -9 between delete and checkpoint", .timeLimit(.minutes(5)))
struct KillTests {
    private static let kills = 50
    private static let messages = 3000
    /// Raw messages that were never processed, so that no record names them.
    private static let unprocessed = 40

    @Test(arguments: ["batch", "item"])
    func stagingHoldsExactlyTheKeysWithoutAnInsert(mode: String) async throws {
        let folder = try TemporaryFolder()
        let killer = Killer()
        let configuration = DemoConfiguration(
            shards: 2,
            checkpointFile: "\(folder.path)/unused.sqlite",
            toolVersion: "test"
        )
        let operation = mode == "batch" ? "BatchWriteItem" : "DeleteItem"
        try await DemoPipeline.run(
            configuration,
            clock: SystemClock(),
            logger: silentLogger,
            dropRequest: { name, _ in
                if name == operation { killer.sawRequest() }
                return false
            }
        ) { pipeline in
            try await Self.write(pipeline)
            let arguments = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--handler", "delete", "--staging", StoryTables.staging, "--delete-mode", mode, "--yes",
                "--batch-size", "20", "--checkpoint-file", "\(folder.path)/positions.sqlite", "--until-idle", "500ms",
            ]
            var random = SplitMix64(seed: 7)
            var killed = 0
            for _ in 0..<Self.kills {
                let tool = try ToolProcess.start(arguments)
                killer.arm(tool, after: Int.random(in: 1...(mode == "batch" ? 5 : 40), using: &random))
                if try await tool.result().status == 128 + SIGKILL { killed += 1 }
                killer.disarm()
            }
            #expect(killed == Self.kills)
            let last = try await ToolProcess.run(arguments)
            #expect(last.status == 0, "\(last.errors)")

            let left = try await Self.stagingKeys(pipeline)
            let expected = (Self.messages..<Self.messages + Self.unprocessed).map { Self.message($0).id }
            #expect(left == Set(expected))
        }
    }

    private static func message(_ number: Int) -> StoryMessage {
        StoryMessage(number: number, seed: 7, createdAt: StoryPreloader.start)
    }

    private static func write(_ pipeline: DemoPipeline) async throws {
        try await StoryPreloader(api: pipeline.client).load(count: Self.messages, seed: 7)
        for number in Self.messages..<Self.messages + Self.unprocessed {
            let request = PutItemRequest(tableName: StoryTables.staging, item: Self.message(number).rawItem)
            _ = try await pipeline.client.putItem(request)
        }
    }

    private static func stagingKeys(_ pipeline: DemoPipeline) async throws -> Set<String> {
        var ids: Set<String> = []
        var after: Item?
        repeat {
            let request = ScanRequest(tableName: StoryTables.staging, exclusiveStartKey: after)
            let page = try await pipeline.client.scan(request)
            for case .string(let id)? in page.items.map({ $0["messageId"] }) { ids.insert(id) }
            after = page.lastEvaluatedKey
        } while after != nil
        return ids
    }
}
