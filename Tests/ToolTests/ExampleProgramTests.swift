// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

/// Where built examples lie.
private let builtExamples = ProcessInfo.processInfo.environment["WEIR_EXAMPLES"]

/// The example package, built by `./dev test` from the engine's product alone, does what it shows.
@Suite(
    "The example for users of the library",
    .timeLimit(.minutes(1)),
    .enabled(
        if: builtExamples != nil,
        "./dev test builds the example and names its folder in WEIR_EXAMPLES"
    )
)
struct ExampleProgramTests {
    @Test func itCountsWhatTheProgramHasWritten() async throws {
        let example = "\(try #require(builtExamples))/InsertCounts"
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            for number in 0..<120 {
                var item = StoryMessage(number: number, seed: 7, createdAt: Timestamp(seconds: 1_767_225_600)).mainItem
                item["status"] = number % 3 == 0 ? .string("paid") : number % 10 == 1 ? nil : .string("open")
                let request = PutItemRequest(tableName: StoryTables.messages, item: item)
                _ = try await pipeline.client.putItem(request)
                guard number % 2 == 0 else { continue }
                // A change of an item is no new one.
                item["status"] = .string("changed")
                _ = try await pipeline.client.putItem(PutItemRequest(tableName: StoryTables.messages, item: item))
            }
            let records = "\(folder.path)/records.jsonl"
            let run = try await ToolProcess.run([
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "none", "--until-idle", "300ms", "--records-out", records,
            ])
            #expect(run.status == 0, "\(run.errors)")
            let result = try await RunningTool(
                path: example,
                arguments: ["status", records],
                environment: ToolProcess.environment()
            ).result()
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output == "72\topen\n40\tpaid\n8\t-\n")
        }
    }

    @Test(arguments: [([], Int32(2), "usage"), (["status", "/nonexistent"], 1, "/nonexistent")])
    func whatItCannotReadIsNamed(arguments: [String], status: Int32, fact: String) async throws {
        let result = try await RunningTool(
            path: "\(try #require(builtExamples))/InsertCounts",
            arguments: arguments,
            environment: ToolProcess.environment()
        ).result()
        #expect(result.status == status)
        #expect(result.errors.contains(fact))
    }
}
