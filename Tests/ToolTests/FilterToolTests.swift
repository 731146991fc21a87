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

@Suite("Filter patterns on the command line", .timeLimit(.minutes(2)))
struct FilterToolTests {
    private static let insert =
        #"{"eventName":"INSERT","dynamodb":{"Keys":{"pk":{"S":"order#1"}},"NewImage":{"status":{"S":"open"}}}}"#
    private static let remove =
        #"{"eventName":"REMOVE","dynamodb":{"Keys":{"pk":{"S":"a\u001b[31m"}}},"userIdentity":{"Type":"Service"}}"#
    private static let inserts = #"{"eventName":["INSERT"]}"#

    @Test func aRecordThatMatchesIsSaidToAndTheExitCodeIsZero() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.insert, to: "event.json")
        let result = try await ToolProcess.run(["filter", "test", "--pattern", Self.inserts, file])
        #expect(result.status == 0)
        #expect(result.output == "\(file): matches\n")
        #expect(result.errors == "")
    }

    @Test func aRecordThatDoesNotMatchIsSaidWhyAndTheExitCodeIsOne() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(#"{"Records":[\#(Self.insert),\#(Self.remove)]}"#, to: "event.json")
        let keys = #"{"eventName":["MODIFY"],"dynamodb":{"Keys":{"pk":{"S":["order#2"]}}}}"#
        let result = try await ToolProcess.run(["filter", "test", "--pattern", Self.inserts, "--pattern", keys, file])
        #expect(result.status == 1)
        #expect(
            result.output == """
                \(file), record 1: matches (pattern 1)
                \(file), record 2: does not match
                  pattern 1: eventName is "REMOVE", the pattern wants ["INSERT"]
                  pattern 2: eventName is "REMOVE", the pattern wants ["MODIFY"]
                  pattern 2: dynamodb.Keys.pk.S is "a\\u001b[31m", the pattern wants ["order#2"]

                """
        )
    }

    @Test func linesOfRecordsOutAreRecordsAndUserIdentityIsReadAsLambdaHasIt() async throws {
        let folder = try TemporaryFolder()
        let lines = [Self.remove, Self.remove].map { #"{"v":1,"type":"record","record":\#($0)}"# }
        let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "records.jsonl")
        let pattern = #"{"userIdentity":{"type":["Service"]}}"#
        let result = try await ToolProcess.run(["filter", "test", "--pattern", pattern, file])
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == 2)
    }

    @Test func standardInputIsAFileToo() async throws {
        // The test's standard input is empty, which is no JSON.
        let result = try await ToolProcess.run(["filter", "test", "--pattern", Self.inserts, "-"])
        #expect(result.status == 2)
        #expect(result.errors.contains("- is not JSON"))
    }

    @Test(arguments: [
        ([#"{"eventName":"INSERT"}"#], ["eventName", "character 14", #"["INSERT"]"#]),
        ([inserts, #"{"a":[{"b":1}]}"#], ["Filter 2", "a[0]", #""b""#]),
        ([String](repeating: inserts, count: 11), ["11", "10"]),
    ])
    func anInvalidPatternIsNamedAndTheExitCodeIsTwo(_ patterns: [String], _ facts: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.insert, to: "event.json")
        let result = try await ToolProcess.run(["filter", "test"] + patterns.flatMap { ["--pattern", $0] } + [file])
        #expect(result.status == 2)
        #expect(result.output == "")
        for fact in facts { #expect(result.errors.contains(fact), "\(result.errors)") }
    }

    @Test func aFileThatIsNoneIsNamed() async throws {
        let folder = try TemporaryFolder()
        let broken = try folder.write("{\n\"a\":", to: "broken.json")
        for (file, fact) in [(broken, "is not JSON"), ("/nowhere/event.json", "No such file")] {
            let result = try await ToolProcess.run(["filter", "test", "--pattern", Self.inserts, file])
            #expect(result.status == 2)
            #expect(result.errors.contains(file) && result.errors.contains(fact), "\(result.errors)")
        }
    }

    @Test func whatAPatternCannotMatchIsWarnedOf() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.insert, to: "event.json")
        let pattern = #"{"dynamodb":{"NewImage":{"status":[{"exists":false}]}}}"#
        let result = try await ToolProcess.run(["filter", "test", "--pattern", pattern, file])
        #expect(result.status == 0)
        #expect(result.errors.hasPrefix("weir: warning: dynamodb.NewImage.status: "))
    }

    @Test(arguments: ["run", "monitor"])
    func filtersOfAConsumerAreCheckedBeforeAnythingBegins(_ command: String) async throws {
        let options = [command, "--table", "T", "--region", "us-east-1"]
        let wrong = try await ToolProcess.run(options + ["--filter", #"{"a":"x"}"#])
        #expect(wrong.status == 2)
        for fact in ["--filter", "character 6", #"["x"]"#] { #expect(wrong.errors.contains(fact), "\(wrong.errors)") }
        let many = try await ToolProcess.run(options + (0..<11).flatMap { _ in ["--filter", Self.inserts] })
        #expect(many.status == 2)
        #expect(many.errors.contains("11 times"))
        let demo = try await ToolProcess.run(["demo", "--filter", Self.inserts, "--preload", "--records", "5"])
        #expect(demo.status == 2)
        #expect(demo.errors.contains("--filter and --preload"))
    }

    /// What a filtered run writes are records that match, and what it counts are those.
    @Test func aFilteredRunHandlesWhatTheTestOfTheFilterLetsThrough() async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 200, seed: 7)
            let options = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "none", "--until-idle", "300ms",
            ]
            let pattern = #"{"dynamodb":{"Keys":{"messageId":{"S":[{"prefix":"msg-1"},{"prefix":"msg-2"}]}}}}"#
            let all = "\(folder.path)/all.jsonl"
            let some = "\(folder.path)/some.jsonl"
            #expect(try await ToolProcess.run(options + ["--records-out", all]).status == 0)
            let run = try await ToolProcess.run(options + ["--filter", pattern, "--records-out", some])
            #expect(run.errors.contains("Only records that match \(pattern)"))
            let count = try #require(run.lastObject()["records"] as? Int)
            #expect(count > 0 && count < 200)

            let verdicts = try await ToolProcess.run(["filter", "test", "--pattern", pattern, all]).output
            #expect(verdicts.components(separatedBy: ": matches\n").count - 1 == count)
            let again = try await ToolProcess.run(["filter", "test", "--pattern", pattern, some])
            #expect(again.status == 0)
            #expect(again.output.split(separator: "\n").count == count)
        }
    }
}
