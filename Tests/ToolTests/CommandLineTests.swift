// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import weir

@Suite("The command line", .timeLimit(.minutes(2)))
struct CommandLineTests {
    private static let commands = [
        "demo", "monitor", "run", "play", "what-if", "streams", "check", "policy", "config", "filter", "aggregate",
        "local",
    ]

    @Test func helpNamesEveryCommand() async throws {
        let result = try await ToolProcess.run(["--help"])
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        for command in Self.commands { #expect(result.output.contains("  \(command) ")) }
    }

    @Test(arguments: commands)
    func eachCommandHasHelpWithExamples(command: String) async throws {
        let result = try await ToolProcess.run([command, "--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("EXAMPLES"))
        #expect(result.output.contains("weir \(command)"))
        #expect(result.output.contains("USAGE: weir \(command)"))
        // Each option says what it does: its line or the next one goes on behind the column of names.
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  --") || line.hasPrefix("  -") {
            let hasText = line.dropFirst(2).contains("  ") || next.hasPrefix("                          ")
            #expect(hasText, "no help: \(line)")
        }
    }

    @Test func theVersionIsPrinted() async throws {
        let result = try await ToolProcess.run(["--version"])
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == 1)
    }

    /// Option, value and what is accepted are named, nothing has begun, and the exit code is 2.
    @Test(arguments: [
        (["run", "--table", "T", "--batch-size", "0"], ["--batch-size", "'0'", "1 to 10000"]),
        (["run", "--tabel", "T"], ["Unknown option '--tabel'"]),
        (["what-if"], ["<file>"]),
        (["what-if", "f", "--batch-size", "0"], ["--batch-size", "'0'", "1 to 10000", "several with commas"]),
        (["what-if", "f", "--batch-size", "25,0"], ["--batch-size", "'25,0'", "1 to 10000", "not '0'"]),
        (["what-if", "f", "--batch-size", "25,,100"], ["--batch-size", "'25,,100'", "1 to 10000", "not ''"]),
        (["what-if", "f", "--batch-window", "0,6m"], ["--batch-window", "'0,6m'", "from 0s to 5m", "not '6m'"]),
        (["what-if", "f", "--parallelization-factor", "11"], ["--parallelization-factor", "'11'", "1 to 10"]),
        (["what-if", "f", "--delete-mode", "all"], ["--delete-mode", "'all'", "item and batch are accepted"]),
        (["what-if", "f", "--handler-time", "20m"], ["--handler-time", "'20m'", "measured", "up to 15m"]),
        (["what-if", "f", "--latency-bound", "0"], ["--latency-bound", "'0'", "from 1ms to 24h"]),
        (["what-if", "f", "--json", "--csv"], ["--json and --csv exclude each other"]),
        (["what-if", "f", "--json", "--chart"], ["--chart", "--json"]),
        (
            [
                "what-if", "f", "--batch-size", "1,2,3,4,5,6,7,8,9,10,11", "--parallelization-factor",
                "1,2,3,4,5,6,7,8,9,10",
            ],
            ["--batch-size", "110 combinations", "100 are the most"]
        ),
        (["monitor", "--batch-size", "10"], ["--table <name>", "--stream-arn <arn>"]),
        (["run", "--table", "T", "--batch-size", "10001"], ["--batch-size", "'10001'", "1 to 10000"]),
        (["run", "--table", "T", "--batch-size", "many"], ["--batch-size", "'many'", "1 to 10000"]),
        (["run", "--table", "T", "--batch-window", "6m"], ["--batch-window", "'6m'", "from 0s to 5m", "200ms"]),
        (
            ["run", "--table", "T", "--maximum-batching-window", "301"],
            ["--maximum-batching-window", "'301'", "from 0s to 5m"]
        ),
        (["run", "--table", "T", "--parallelization-factor", "11"], ["--parallelization-factor", "'11'", "1 to 10"]),
        (
            ["monitor", "--table", "T", "--maximum-retry-attempts", "-2"],
            ["--maximum-retry-attempts", "'-2'", "from -1 to 10000"]
        ),
        (
            ["run", "--table", "T", "--maximum-record-age", "59s"],
            ["--maximum-record-age", "'59s'", "1m to 168h, or -1"]
        ),
        (["demo", "--tumbling-window", "16m"], ["--tumbling-window", "'16m'", "from 0s to 15m"]),
        (["demo", "--tumbling-window", "1500ms"], ["--tumbling-window", "'1500ms'", "whole seconds"]),
        (
            ["demo", "--tumbling-window", "1m", "--parallelization-factor", "2"],
            ["--tumbling-window 1m", "--parallelization-factor 2"]
        ),
        (
            ["run", "--table", "T", "--function-response-types", "All"],
            ["--function-response-types", "'All'", "ReportBatchItemFailures"]
        ),
        (
            ["run", "--table", "T", "--maximum-concurrent-batches", "0"],
            ["--maximum-concurrent-batches", "'0'", "1 to 10000"]
        ),
        (["run", "--table", "T", "--batch-size", "-5"], ["--batch-size", "'-5'", "1 to 10000"]),
        (["run", "--table", "T", "--batch-window", "soon"], ["--batch-window", "'soon'", "from 0s to 5m"]),
        (["run", "--table", "T", "--until-idle", "0"], ["--until-idle", "'0'", "from 1ms"]),
        (["run", "--table", "T", "--max-records", "0"], ["--max-records", "'0'", "from 1"]),
        (["run", "--table", "T", "--for", "-3s"], ["--for", "'-3s'", "from 1ms"]),
        (
            ["run", "--table", "T", "--starting-position", "NEWEST"],
            ["--starting-position", "'NEWEST'", "TRIM_HORIZON"]
        ),
        // Streams of DynamoDB do not have it.
        (
            ["run", "--table", "T", "--starting-position", "AT_TIMESTAMP"],
            ["--starting-position", "'AT_TIMESTAMP'", "LATEST"]
        ),
        (["run", "--table", "T", "--events", "INSERT,UPDATE"], ["--events", "'INSERT,UPDATE'", "MODIFY"]),
        (["run", "--table", "T", "--concurrency", "65"], ["--concurrency", "'65'", "1 to 64"]),
        (["run", "--table", "T", "--handler", "drop"], ["--handler", "'drop'", "observe", "delete"]),
        (["run", "--table", "T", "--handler", "delete"], ["--staging"]),
        (["run", "--table", "T", "--staging", "S"], ["--staging", "--handler delete"]),
        (["run", "--table", "T", "--delete-mode", "item"], ["--delete-mode", "needs --handler delete"]),
        (["run", "--table", "T", "--concurrency", "8"], ["--concurrency", "needs --handler delete"]),
        (
            ["monitor", "--table", "T", "--handler", "function", "--function", "f", "--concurrency", "1"],
            ["--concurrency", "needs --handler delete"]
        ),
        (
            ["run", "--table", "T", "--s3-endpoint", "http://127.0.0.1:9"],
            ["--s3-endpoint", "needs --handler delete-objects", "--on-failure"]
        ),
        (
            ["run", "--table", "T", "--handler", "function", "--function", "f", "--bucket-region", "eu-west-1"],
            ["--bucket-region", "needs --handler delete-objects", "--on-failure"]
        ),
        (
            [
                "run", "--table", "T", "--handler", "function", "--function", "f", "--on-failure", "file:x",
                "--on-failure-endpoint", "http://127.0.0.1:9",
            ],
            ["--on-failure-endpoint", "needs a queue or a topic"]
        ),
        (
            [
                "run", "--table", "T", "--handler", "delete", "--staging", "S", "--delete-mode", "batch",
                "--delete-condition", "v = NewImage.v",
            ],
            ["--delete-condition", "--delete-mode batch", "BatchWriteItem takes no conditions"]
        ),
        (
            ["run", "--table", "T", "--handler", "delete", "--staging", "S", "--delete-condition", "v = 5"],
            ["--delete-condition", "'v = 5'", "NewImage"]
        ),
        (["run", "--table", "T", "--delete-condition", "v = NewImage.v"], ["--delete-condition", "--handler delete"]),
        (
            ["run", "--table", "T", "--handler", "delete", "--staging", "S", "--maximum-write-capacity", "0"],
            ["--maximum-write-capacity", "'0'", "1 to 40000"]
        ),
        (["demo", "--maximum-write-capacity", "40001"], ["--maximum-write-capacity", "'40001'", "1 to 40000"]),
        (
            ["monitor", "--table", "T", "--maximum-write-capacity", "9"],
            ["--maximum-write-capacity", "--handler delete"]
        ),
        (["run", "--table", "T", "--dry-run"], ["--dry-run", "--handler delete"]),
        (
            ["run", "--table", "T", "--endpoint-url", "localhost:8000"],
            ["--endpoint-url", "'localhost:8000'", "http://"]
        ),
        (["run", "--table", "T", "--log-level", "loud"], ["--log-level", "'loud'", "debug"]),
        (["demo", "--log-level", "info,engin=debug"], ["--log-level", "'info,engin=debug'", "engine=", "client="]),
        (["local", "--log-format", "xml"], ["--log-format", "'xml'", "text", "json"]),
        (["streams", "--log-file", ""], ["--log-file", "''", "a path is needed"]),
        (["run", "--table", "T", "--trace-records"], ["--trace-records", "--log-file"]),
        (["demo", "--log-file", "-", "--trace-values"], ["--trace-values", "--trace-records"]),
        (["run", "--table", "T", "--pipeline", ""], ["--pipeline"]),
        (["run", "--table", "T", "--filter-criteria", "[]"], ["--filter-criteria", "'[]'", "Filters", "Pattern"]),
        (
            ["demo", "--filter-criteria", #"{"Filters":[{"Pattern":"{\"eventName\":\"INSERT\"}"}]}"#],
            ["--filter-criteria", "has to be in an array"]
        ),
        (
            ["run", "--table", "T", "--filter", #"{"eventName":["INSERT"]}"#, "--filter-criteria", #"{"Filters":[]}"#],
            ["--filter and --filter-criteria"]
        ),
        (["run", "--table", "T", "--other-readers", "-1"], ["--other-readers", "'-1'", "0 to 1000"]),
        (["run"], ["--table", "--stream-arn", "weir streams"]),
        (["run", "--table", "T", "--stream-arn", "A"], ["--table", "--stream-arn"]),
        (["run", "--table", "T", "--no-such-option"], ["--no-such-option"]),
        (["monitor"], ["--table", "--stream-arn"]),
        (["monitor", "--table", "T", "--read-only", "--handler", "delete", "--staging", "S"], ["--read-only"]),
        (["demo", "--rate", "0"], ["--rate", "'0'", "1 to 5000"]),
        (["demo", "--shards", "65"], ["--shards", "'65'", "1 to 64"]),
        (["demo", "--records", "0"], ["--records", "'0'", "from 1"]),
        (["demo", "--preload"], ["--preload", "--records"]),
        (["demo", "--json"], ["--json", "--headless"]),
        (["demo", "--wcu", "0"], ["--wcu", "'0'", "1 to 40000"]),
        (["demo", "--wcu", "5", "--headless", "--preload", "--records", "9"], ["--wcu", "--preload"]),
        (["demo", "--rate", "5", "--headless", "--preload", "--records", "9"], ["--rate", "--preload"]),
        (["demo", "--fault", "Scan:drop", "--headless", "--preload", "--records", "9"], ["--fault", "--preload"]),
        (["demo", "--fault", "Scan:lost"], ["--fault", "kind", "'lost'", "drop-answer"]),
        (["local", "--fault", "foo"], ["--fault", "'foo' is no fault: write OPERATION:KIND"]),
        (["local", "--fault", "Scan:drop,rate=2"], ["--fault", "rate", "'2'", "0 to 1"]),
        (["local", "--expiry-interval", "0s"], ["--expiry-interval", "'0s'", "100ms to 24h"]),
        (["demo", "--theme", "nowhere.toml"], ["--theme", "'nowhere.toml'", "dark, light"]),
        (["demo", "--color", "pink"], ["--color", "'pink'", "truecolor"]),
        (["demo", "--delete-mode", "all"], ["--delete-mode", "'all'", "batch", "item"]),
        (["demo", "--headless", "--preload", "--records", "9", "--for", "1s"], ["--for", "--preload"]),
        (
            ["demo", "--preload", "--records", "9", "--starting-position", "LATEST"],
            ["--starting-position LATEST", "--preload"]
        ),
        (["run", "--table", "T", "--region", "a b"], ["--region", "'a b'", "eu-central-1"]),
        (["local", "--region", "EU"], ["--region", "'EU'", "eu-central-1"]),
        (
            ["run", "--table", "T", "--endpoint-url", "http://user:secret@127.0.0.1"],
            ["--endpoint-url", "environment"]
        ),
        (["run", "--stream-arn", "junk"], ["--stream-arn", "'junk'", "stream/LABEL", "weir streams"]),
        (["streams", "--table", ""], ["--table", "a name is needed"]),
        (["run", "--table", "T", "--config", ""], ["--config", "a path is needed"]),
        (["run", "--table", "T", "--config", "/nonexistent/a.toml"], ["cannot read /nonexistent/a.toml"]),
        (["run", "--table", "T", "--config", "-", "--mapping", "-"], ["--config -", "--mapping -"]),
        (["config", "check"], ["<file>"]),
        (["check"], ["--table", "--stream-arn"]),
        (["check", "--table", "T", "--handler", "delete"], ["--staging"]),
        (["policy", "--table", "T", "--account", "12345"], ["--account", "'12345'", "twelve digits"]),
        (
            [
                "policy", "--account", "123456789012", "--stream-arn",
                "arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/x",
            ],
            ["--account", "--stream-arn", "exclude"]
        ),
        (["filter", "test", "event.json"], ["--pattern"]),
        (["filter", "test", "--pattern", "{}"], ["<file>"]),
        (["nonsense"], ["nonsense"]),
    ])
    func wrongInputIsNamed(arguments: [String], facts: [String]) async throws {
        let result = try await ToolProcess.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        for fact in facts { #expect(result.errors.contains(fact), "\(result.errors)") }
    }

    @Test(arguments: [
        ["demo"], ["monitor"], ["run"], ["streams"], ["check"], ["policy"], ["local"], ["filter", "test"],
    ])
    func examplesFitIntoATerminalOfEightyColumns(command: [String]) async throws {
        let help = try await ToolProcess.run(command + ["--help"], environment: ["COLUMNS": "80"])
        let lines = help.output.split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "EXAMPLES"))
        let end = try #require(lines.firstIndex { $0.hasPrefix("USAGE: ") })
        // What is too long goes on at the edge of the next line.
        let examples = lines[(start + 1)..<end]
        #expect(examples.allSatisfy { $0.hasPrefix("  ") }, "\(help.output)")
        #expect(!lines[end].contains("--maximum-record-age"))
    }

    @Test(arguments: [
        [], ["demo"], ["monitor"], ["run"], ["streams"], ["local"], ["filter"], ["filter", "test"],
    ])
    func noHelpHasAGapInASentence(command: [String]) async throws {
        let help = try await ToolProcess.run(command + ["--help"])
        for line in help.output.split(separator: "\n") {
            for gap in line.matches(of: /\S( {3,})\S/) {
                // What an option does stands in the column 26.
                let end = line.distance(from: line.startIndex, to: gap.output.1.endIndex)
                #expect(end == 26, "\(line)")
            }
        }
    }

    @Test func anEmptyDeviceIsAnEmptyFile() throws {
        #expect(try ProcessSurroundings.readFile("/dev/null") == "")
        #expect(try ProcessSurroundings.readFile("/nonexistent/config") == nil)
        #expect(throws: ProgramFailure.self) { try ProcessSurroundings.readFile("/") }
    }

    @Test func startingPositionsAreReadInAnyCase() async throws {
        // Gets as far as looking for credentials, and says which are missing.
        let result = try await ToolProcess.run([
            "run", "--table", "T", "--region", "us-east-1", "--starting-position", "trim_horizon",
        ])
        #expect(result.status == 4)
        #expect(result.errors.lowercased().contains("credentials"))
    }
}
