// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `check` and `policy` look at the pipeline that the same files, variables and options make with `run`.
@Suite("Settings of weir check and weir policy", .timeLimit(.minutes(3)))
struct CheckSettingsTests {
    private static let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/2026-01-01T00:00:00.000"

    private static func actions(_ result: ToolProcess.Result) throws -> [String] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        return try #require(object["Statement"] as? [[String: Any]]).flatMap { $0["Action"] as? [String] ?? [] }
    }

    @Test func aPolicyIsOfThePipelineThatFileVariablesAndOptionsMake() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            """
            stream-arn = "\(Self.arn)"
            handler = "delete"
            staging = "Staging"
            batch-size = 500
            until-idle = "5s"
            records-out = "records.jsonl"
            theme = "dark"
            """,
            to: "weir.toml"
        )
        let file = try await ToolProcess.run(["policy", "--config", path])
        #expect(file.status == 0, "\(file.errors)")
        #expect(file.output.contains("table/Staging"))
        #expect(try Self.actions(file).contains("dynamodb:BatchWriteItem"))
        #expect(file.errors == "Settings from \(path) (6); 'weir config show' tells each.\n")

        let variables = ToolProcess.environment(["WEIR_CONFIG": path, "WEIR_STAGING": "Other"])
        let variable = try await ToolProcess.run(["policy"], environment: variables)
        #expect(variable.status == 0, "\(variable.errors)")
        #expect(variable.output.contains("table/Other"))
        #expect(!variable.output.contains("table/Staging"))

        let option = try await ToolProcess.run(
            ["policy", "--staging", "Third", "--delete-mode", "item"],
            environment: variables
        )
        #expect(option.output.contains("table/Third"))
        #expect(try Self.actions(option).contains("dynamodb:DeleteItem"))

        let observing = try await ToolProcess.run(["policy", "--handler", "observe"], environment: variables)
        #expect(observing.status == 0, "\(observing.errors)")
        #expect(observing.errors.contains("staging is not used: the handler is observe, set by --handler"))
        #expect(try !Self.actions(observing).contains("dynamodb:BatchWriteItem"))
    }

    @Test func aPolicyOfAMappingInvokesOnlyWithTheHandler() async throws {
        let folder = try TemporaryFolder()
        let mapping = try folder.write(
            #"""
            {"EventSourceArn": "\#(Self.arn)", "FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
             "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:123456789012:q"}}}
            """#,
            to: "mapping.json"
        )
        let observing = try await ToolProcess.run(["policy", "--mapping", mapping])
        #expect(observing.errors.contains("FunctionArn is not used: no handler is chosen"))
        #expect(try !Self.actions(observing).contains("lambda:InvokeFunction"))
        let invoking = try await ToolProcess.run(["policy", "--mapping", mapping, "--handler", "function"])
        #expect(try Self.actions(invoking).suffix(2) == ["lambda:InvokeFunction", "sqs:SendMessage"])
    }

    @Test func aCheckLooksAtThePipelineOfTheFile() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("table = \"T\"\nprofile = \"absent\"\n", to: "weir.toml")
        // Nothing is called: the profile is missing, and options bring one that is not.
        let file = try await ToolProcess.run(["check", "--json", "--config", path])
        #expect(file.status == 1)
        #expect(file.output.contains("\"profile\""), "\(file)")
        #expect(file.output.contains("absent"))
        #expect(file.errors.contains("Settings from \(path) (2)"))
        let variable = try await ToolProcess.run(
            ["check", "--json", "--config", path],
            environment: ToolProcess.environment(["WEIR_PROFILE": "other"])
        )
        #expect(variable.output.contains("other"))
        #expect(!variable.output.contains("absent"))
    }

    @Test(arguments: ["check", "policy"])
    func everythingThatARunTakesIsTaken(command: String) async throws {
        // Gets as far as the credentials, whose place is missing.
        let result = try await ToolProcess.run([
            command, "--table", "T", "--profile", "absent", "--until-idle", "5s", "--until-shards-end", "--max-records",
            "5",
            "--for", "10m", "--checkpoint-file", "none", "--pipeline", "p", "--records-out", "-", "--record", "x.weir",
            "--no-enabled", "--yes", "--handler", "command", "--", "/bin/true", "--config",
        ])
        #expect(result.status == (command == "check" ? 1 : 4), "\(result)")
        #expect(!FileManager.default.fileExists(atPath: "x.weir"))
    }

    /// The same words as from a run, and nothing has been asked of anybody.
    @Test(arguments: [
        ("batch-size = 0", [:], [], ["weir.toml:1:14: batch-size is '0'; "]),
        ("until-idle = \"never\"", [:], [], ["weir.toml:1:14: until-idle is 'never'; "]),
        ("batchsize = 5", [:], [], ["weir.toml:1:1: batchsize is no setting; did you mean batch-size?"]),
        ("handler = \"delete\"", [:], [], ["weir.toml:1:1: --handler delete needs --staging <table>"]),
        ("", ["WEIR_BATCH_WINDOW": "6m"], [], ["WEIR_BATCH_WINDOW: maximum-batching-window is '6m'; "]),
        ("", ["WEIR_TABEL": "x"], [], ["WEIR_TABEL: is no variable", "WEIR_TABLE?"]),
        ("", [:], ["--max-records", "0"], ["The value '0' is invalid for '--max-records <n>'"]),
        ("", [:], ["--trace-records"], ["--trace-records needs --log-file"]),
    ])
    func whatIsWrongIsRefusedAsByARun(
        text: String,
        environment: [String: String],
        options: [String],
        facts: [String]
    ) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "weir.toml")
        for command in ["run", "check", "policy"] {
            let result = try await ToolProcess.run(
                [command, "--config", path, "--table", "T"] + options,
                environment: ToolProcess.environment(environment)
            )
            #expect(result.status == 2, "\(command)")
            #expect(result.output == "")
            for fact in facts { #expect(result.errors.contains(fact), "\(command): \(result.errors)") }
        }
    }
}
