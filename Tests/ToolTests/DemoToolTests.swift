// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import DemoPipeline
import DynamoDBModel
import Foundation
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@testable import weir

@Suite("weir demo", .timeLimit(.minutes(4)))
struct DemoToolTests {
    private static func headline(
        _ mode: String,
        records: Int,
        environment: [String: String] = [:]
    ) async throws -> ToolProcess.Result {
        try await ToolProcess.run(
            [
                "demo", "--headless", "--preload", "--shards", "1", "--records", "\(records)", "--batch-size", "100",
                "--delete-mode", mode, "--seed", "7", "--json",
            ],
            environment: ToolProcess.environment(environment)
        )
    }

    private static func figures(_ result: ToolProcess.Result, _ side: String) throws -> [String: Double] {
        let object = try #require(try result.lastObject()[side] as? [String: Any])
        return object.compactMapValues { ($0 as? NSNumber)?.doubleValue }
    }

    @Test func inBatchesBothSidesCountTheSame() async throws {
        let result = try await Self.headline("batch", records: 10_000)
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try Self.figures(result, "engine") == [
                "insertRecords": 10_000, "batches": 100, "batchWriteItemRequests": 400, "deleteItemRequests": 0,
                "itemsDeleted": 10_000, "writeCapacityUnits": 10_000,
            ]
        )
        #expect(
            try Self.figures(result, "endpoint") == [
                "batchWriteItemRequests": 400, "deleteItemRequests": 0, "itemsDeleted": 10_000, "stagingItemsLeft": 0,
                "writeCapacityUnits": 10_000,
            ]
        )
    }

    /// Standard output is no terminal here, so there is no screen although nobody said --headless.
    @Test func whatIsPreloadedIsHandledBeforeALiveDemoEnds() async throws {
        let result = try await ToolProcess.run(["demo", "--preload", "--records", "300"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.lastObject()["records"] as? Int == 300)
    }

    @Test func oneByOneBothSidesCountTheSame() async throws {
        let result = try await Self.headline("item", records: 10_000)
        #expect(result.status == 0, "\(result.errors)")
        let engine = try Self.figures(result, "engine")
        #expect(engine["deleteItemRequests"] == 10_000)
        #expect(engine["batchWriteItemRequests"] == 0)
        #expect(engine["itemsDeleted"] == 10_000)
        let endpoint = try Self.figures(result, "endpoint")
        #expect(endpoint["deleteItemRequests"] == 10_000)
        #expect(endpoint["stagingItemsLeft"] == 0)
    }

    /// The endpoint answers one delete as done without doing it: the program says so and exits with 1.
    @Test func aRequestLostInBetweenMakesItFail() async throws {
        let folder = try TemporaryFolder()
        let output = try LineOutput.file("\(folder.path)/output")
        var arguments = try DemoArguments.parse(["--headless", "--preload", "--records", "500"])
        arguments.json = false
        let process = ProgramContext(
            clock: SystemClock(),
            log: .silent,
            errors: try LineOutput.file("\(folder.path)/errors"),
            output: output,
            aws: .empty,
            defaultCheckpointFile: "\(folder.path)/positions.sqlite",
            seed: 7
        )
        var headline = HeadlineRun(
            arguments: arguments,
            configuration: try arguments.configuration(checkpointFile: "\(folder.path)/checkpoints.sqlite"),
            process: process
        )
        let once = OnceAfter(45)
        headline.dropRequest = { operation, _ in operation == "BatchWriteItem" && once.isNow() }
        let run = headline
        let failure = await #expect(throws: ProgramFailure.self) { try await run.run() }
        #expect(failure?.status == 1)
        #expect(failure?.message?.contains("items deleted") == true)
        let text = try String(contentsOfFile: "\(folder.path)/output", encoding: .utf8)
        #expect(text.contains("<- differs"))
    }

    /// Whatever the user has set, the demo talks to its own endpoint alone.
    @Test func theUsersConfigurationIsIgnored() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: "\(folder.path)/.aws", withIntermediateDirectories: true)
        let profile =
            "[profile prod]\nregion = eu-west-1\nendpoint_url = http://192.0.2.1\ncredential_process = /bin/false\n"
        try profile.write(toFile: "\(folder.path)/.aws/config", atomically: true, encoding: .utf8)
        let hostile = [
            "HOME": folder.path, "AWS_PROFILE": "prod", "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ENDPOINT_URL": "http://192.0.2.1:1", "AWS_ENDPOINT_URL_DYNAMODB": "http://192.0.2.1:2",
            "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": "http://192.0.2.1:3", "AWS_ACCESS_KEY_ID": "HOSTILEKEYEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "hostile-secret-example", "AWS_SESSION_TOKEN": "hostile-token-example",
            "AWS_CONFIG_FILE": "\(folder.path)/.aws/config", "AWS_USE_FIPS_ENDPOINT": "nonsense",
            "AWS_MAX_ATTEMPTS": "nonsense", "HTTP_PROXY": "http://192.0.2.1:4", "http_proxy": "http://192.0.2.1:4",
        ]
        let result = try await Self.headline("batch", records: 100, environment: hostile)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Self.figures(result, "endpoint")["itemsDeleted"] == 100)
        for text in ["hostile", "HOSTILE", "prod", "eu-west-1"] {
            #expect(!result.output.contains(text) && !result.errors.contains(text))
        }
    }

    @Test func aLiveDemoWithoutAScreenEndsWhenItsStoryIsTold() async throws {
        let result = try await ToolProcess.run([
            "demo", "--headless", "--rate", "400", "--records", "100", "--shards", "2", "--seed", "3",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let summary = try result.lastObject()
        #expect(summary["type"] as? String == "summary")
        #expect((summary["records"] as? Int).map { (90...100).contains($0) } == true)
        #expect(summary["items_deleted"] as? Int == summary["records"] as? Int)
        #expect(summary["reason"] as? String == "100 messages written, and all that came of them handled")
        #expect(result.errors.contains("http://127.0.0.1:"))
        #expect(result.errors.contains("TRIM_HORIZON"))
    }
}
