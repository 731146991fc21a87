// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import LocalEndpoint
import StreamSession
import TestSupport
import Testing

@Suite("Settings of weir run and monitor", .timeLimit(.minutes(3)))
struct SettingsToolTests {
    /// A pipeline with messages written, and the settings that point the program to it.
    private static func withPipeline(
        messages: Int,
        _ body: @escaping @Sendable (DemoPipeline, _ settings: String, TemporaryFolder) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: messages, seed: 7)
            let settings = """
                table = "\(StoryTables.messages)"
                endpoint-url = "\(pipeline.endpoint)"
                starting-position = "TRIM_HORIZON"
                checkpoint-file = "none"
                until-idle = "300ms"

                """
            try await body(pipeline, settings, folder)
        }
    }

    @Test func aPipelineLivesInAFileWhichVariablesAndOptionsOverride() async throws {
        try await Self.withPipeline(messages: 60) { _, settings, folder in
            let path = try folder.write(
                settings + """
                    batch-size = 10
                    parallelization-factor = 3
                    maximum-retry-attempts = 4
                    filter = '{"eventName":["INSERT"]}'
                    """,
                to: "weir.toml"
            )
            let result = try await ToolProcess.run(
                ["run", "--config", path, "--batch-size", "20"],
                environment: ToolProcess.environment(["WEIR_BATCH_SIZE": "30", "WEIR_MAXIMUM_RETRY_ATTEMPTS": "5"])
            )
            #expect(result.status == 0, "\(result.errors)")
            #expect(try result.lastObject()["records"] as? Int == 60)
            let start = try #require(try result.objects().first)
            #expect(start["batch_size"] as? Int == 20)
            #expect(start["maximum_retry_attempts"] as? Int == 5)
            #expect(start["parallelization_factor"] as? Int == 3)
            #expect(start["filters"] as? [String] == ["{\"eventName\":[\"INSERT\"]}"])
            #expect(start["enabled"] as? Bool == true)
            #expect(
                result.errors.contains(
                    "Settings from \(path) (7), WEIR_MAXIMUM_RETRY_ATTEMPTS; 'weir config show' tells each."
                ),
                "\(result.errors)"
            )
        }
    }

    @Test func aMappingIsTriedAsItIsAndInvokesNothing() async throws {
        try await Self.withPipeline(messages: 40) { pipeline, settings, folder in
            let arn = try #require(try await pipeline.client.describeTable(StoryTables.messages).latestStreamARN)
            let mapping = try folder.write(
                """
                {"UUID": "u", "EventSourceArn": "\(arn)", "BatchSize": 7, "StartingPosition": "TRIM_HORIZON",
                 "FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f", "MaximumRecordAgeInSeconds": 3600,
                 "BisectBatchOnFunctionError": true, "TumblingWindowInSeconds": 0, "MaximumRetryAttempts": 3,
                 "FunctionResponseTypes": ["ReportBatchItemFailures"], "State": "Enabled",
                 "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:123456789012:q"}},
                 "FilterCriteria": {"Filters": [{"Pattern": "{\\"eventName\\":[\\"INSERT\\"]}"}]}}
                """,
                to: "mapping.json"
            )
            let options = ["--endpoint-url", pipeline.endpoint, "--checkpoint-file", "none", "--until-idle", "300ms"]
            let result = try await ToolProcess.run(["run", "--mapping", mapping] + options)
            #expect(result.status == 0, "\(result.errors)")
            let start = try #require(try result.objects().first)
            #expect(start["handler"] as? String == "observe")
            #expect(start["batch_size"] as? Int == 7)
            #expect(start["bisect_batch_on_function_error"] as? Bool == true)
            #expect(start["maximum_retry_attempts"] as? Int == 3)
            #expect(start["maximum_record_age_s"] as? Int == 3600)
            #expect(start["tumbling_window_s"] as? Int == 0)
            #expect(start["function_response_types"] as? [String] == ["ReportBatchItemFailures"])
            #expect(start["on_failure"] == nil)
            #expect(result.errors.contains("UUID means nothing here"))
            #expect(result.errors.contains("FunctionArn is not used: no handler is chosen"))
            #expect(try result.lastObject()["records"] as? Int == 40)

            // With the handler it is the mapping's function, and somebody has to agree.
            let invoking = ["--handler", "function", "--function-endpoint", "http://127.0.0.1:9"]
            let asking = try await ToolProcess.run(
                ["run", "--mapping", mapping, "--on-failure", "file:\(folder.path)/failed"] + invoking + options
            )
            #expect(asking.status == 2)
            #expect(asking.errors.contains("arn:aws:lambda:us-east-1:123456789012:function:f"))
            #expect(asking.errors.contains("--yes"))
        }
    }

    @Test func aHandlerOfAFileAsksLikeOneOfAnOption() async throws {
        try await Self.withPipeline(messages: 30) { pipeline, settings, folder in
            let path = try folder.write(
                settings + "handler = \"delete\"\nstaging = \"\(StoryTables.staging)\"\n",
                to: "weir.toml"
            )
            let asking = try await ToolProcess.run(["run", "--config", path])
            #expect(asking.status == 2)
            #expect(asking.errors.contains("there is no terminal to ask on"))
            #expect(try await pipeline.stagingItems() == 30)

            let observing = try await ToolProcess.run(["run", "--config", path, "--handler", "observe"])
            #expect(observing.status == 0, "\(observing.errors)")
            #expect(observing.errors.contains("staging is not used: the handler is observe, set by --handler"))
            #expect(try await pipeline.stagingItems() == 30)

            let agreed = try await ToolProcess.run(["run", "--config", path, "--yes"])
            #expect(agreed.status == 0, "\(agreed.errors)")
            #expect(try await pipeline.stagingItems() == 0)
        }
    }

    @Test func aDisabledPipelineReadsNothingSaysSoAndEnds() async throws {
        try await Self.withPipeline(messages: 20) { _, settings, folder in
            let path = try folder.write(settings + "enabled = false\n", to: "weir.toml")
            for command in ["run", "monitor"] {
                let result = try await ToolProcess.run([command, "--config", path])
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.errors.contains("Disabled: nothing is read."))
                #expect(try result.objects().first?["enabled"] as? Bool == false)
                #expect(try result.lastObject()["records"] as? Int == 0)
                #expect(try result.lastObject()["reason"] as? String == "disabled: nothing is read")
                #expect(try result.lines("end").map { $0["reason"] as? String } == ["disabled: nothing is read"])
                #expect(try result.lines("state").map { $0["state"] as? String } == ["Creating", "Disabled"])
            }
            let enabled = try await ToolProcess.run(["run", "--config", path, "--enabled"])
            #expect(try enabled.lastObject()["records"] as? Int == 20)
        }
    }

    @Test func theProgramOfAFileIsRunBehindOptions() async throws {
        try await Self.withPipeline(messages: 5) { _, settings, folder in
            let path = try folder.write(
                settings + "handler = \"command\"\ncommand = [\"/bin/sh\", \"-c\", \"cat > \(folder.path)/event\"]\n",
                to: "weir.toml"
            )
            let result = try await ToolProcess.run(["run", "--config", path, "--yes"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(FileManager.default.fileExists(atPath: "\(folder.path)/event"))
        }
    }

    /// Setting, value and what is accepted are named wherever the value comes from, and nothing has begun.
    @Test(arguments: [
        ("batch-size = 0", [:], ["weir.toml:1:14: batch-size is '0'; ", "from 1 to 10000"]),
        ("table = \"T\"", ["WEIR_BATCH_SIZE": "0"], ["WEIR_BATCH_SIZE: batch-size is '0'; ", "from 1 to 10000"]),
        ("table = \"T\"", ["WEIR_TABEL": "0"], ["WEIR_TABEL: is no variable", "WEIR_TABLE?"]),
        ("maximum-record-age = 59", [:], ["weir.toml:1:22: maximum-record-age is '59'; ", "or -1"]),
        ("batchsize = 5", [:], ["weir.toml:1:1: batchsize is no setting; did you mean batch-size?"]),
        ("table = \"T\"\nstream-arn = \"A\"", [:], ["weir.toml:1:1, 2:1: ", "exclude each other"]),
        ("table = ", [:], ["weir.toml:1:9: a value is missing"]),
        ("handler = \"delete\"", [:], ["weir.toml:1:1: --handler delete needs --staging <table>"]),
    ])
    func whatIsWrongIsNamedWithItsPlace(text: String, environment: [String: String], facts: [String]) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "weir.toml")
        let arguments = ["run", "--config", path] + (text.contains("table") ? [] : ["--table", "T"])
        let result = try await ToolProcess.run(arguments, environment: ToolProcess.environment(environment))
        #expect(result.status == 2)
        #expect(result.output == "")
        for fact in facts { #expect(result.errors.contains(fact), "\(result.errors)") }
        #expect(!result.errors.contains("Usage:"))
    }

    @Test func theFileCanBeNamedByAVariableAndHelpComesEvenIfItIsBroken() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("batch-size = 0", to: "weir.toml")
        let environment = ToolProcess.environment(["WEIR_CONFIG": path])
        let run = try await ToolProcess.run(["run", "--table", "T"], environment: environment)
        #expect(run.status == 2)
        #expect(run.errors.contains("weir.toml:1:14: batch-size is '0'"))
        let help = try await ToolProcess.run(["run", "--help"], environment: environment)
        #expect(help.status == 0)
        #expect(help.output.contains("--config"))
        // Commands without settings do not look at it.
        #expect(try await ToolProcess.run(["config", "init", "-"], environment: environment).status == 0)
    }

    @Test func anOptionThatIsWrongIsToldAsEver() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("batch-size = 5", to: "weir.toml")
        let result = try await ToolProcess.run(["run", "--config", path, "--table", "T", "--concurrency", "99"])
        #expect(result.status == 2)
        #expect(result.errors.contains("The value '99' is invalid for '--concurrency <n>'"))
        #expect(result.errors.contains("Usage:"))
    }
}
