// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite("weir config", .timeLimit(.minutes(2)))
struct ConfigToolTests {
    private static func environment(_ more: [String: String]) -> [String: String] { ToolProcess.environment(more) }

    @Test func initWritesAFileThatCheckIsContentWithAndNeverOverwritesOne() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/orders.toml"
        let first = try await ToolProcess.run(["config", "init", path])
        #expect(first.status == 0, "\(first.errors)")
        let check = try await ToolProcess.run(["config", "check", path])
        #expect(check.status == 0)
        #expect(check.output == "\(path): 0 settings, nothing is wrong\n")

        try "table = \"mine\"\n".write(toFile: path, atomically: true, encoding: .utf8)
        let second = try await ToolProcess.run(["config", "init", path])
        #expect(second.status == 1)
        #expect(second.errors.contains("is there already"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "table = \"mine\"\n")
    }

    @Test func initWritesToStandardOutputWhenAsked() async throws {
        let result = try await ToolProcess.run(["config", "init", "-"])
        #expect(result.status == 0)
        #expect(result.output.contains("#batch-size = 100"))
        #expect(result.errors == "")
    }

    @Test func checkSaysEverythingThatIsWrongInTheOrderOfTheFile() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            """
            batch-size = 0
            batchsize = 10
            parallelization-factor = 2
            tumbling-window = "1m"
            filter = ['{"eventName":["INSERT"]}', '{"eventName":"INSERT"}']
            events = ["INSERT", "UPDATE"]
            handler = "delete"
            read-only = true
            theme = "nowhere.toml"
            password = "hunter2"
            """,
            to: "weir.toml"
        )
        let result = try await ToolProcess.run(["config", "check", path])
        #expect(result.status == 2)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n").map { $0.dropFirst(path.count + 1) }
        let facts = [
            ("1:14: error: batch-size is '0'; ", "from 1 to 10000"),
            ("2:1: error: batchsize is no setting; ", "batch-size?"),
            ("3:1, 4:1: error: ", "--tumbling-window 1m does not go together with --parallelization-factor 2"),
            ("5:39: error: filter is '{\"eventName\":\"INSERT\"}'; ", "has to be in an array"),
            ("6:1: error: events is 'INSERT,UPDATE'; ", "MODIFY"),
            ("7:1", "--handler delete needs --staging"),
            ("9:9: error: theme is 'nowhere.toml'; ", "dark, light"),
            ("10:1: error: password looks like a secret", "profile"),
        ]
        #expect(lines.count == facts.count, "\(result.output)")
        for (line, (start, fact)) in zip(lines, facts) {
            #expect(line.hasPrefix(start), "\(line)")
            #expect(line.contains(fact), "\(line)")
        }
        #expect(!result.output.contains("hunter2"))
    }

    @Test func checkFindsNumbersThatWouldBeKeptUnderOneName() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            """
            table = "Orders"
            handler = "aggregate"
            aggregate-table = "Totals"
            aggregate = ["sum:NewImage.total", "total=sum:NewImage.total", "total=sum:NewImage.tax"]
            """,
            to: "weir.toml"
        )
        let result = try await ToolProcess.run(["config", "check", path])
        #expect(result.status == 2)
        #expect(result.output.contains("Two values are kept as total"), "\(result.output)")
    }

    @Test func checkReadsMappingsAndSaysWhatIsNotUsed() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            #"{"UUID": "u", "BatchSize": 10, "FunctionArn": "arn:aws:lambda:us-east-1:1:function:f", "State": "Disabled"}"#,
            to: "mapping.json"
        )
        let result = try await ToolProcess.run(["config", "check", path])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("1:2: note: UUID means nothing here"))
        #expect(result.output.contains("note: FunctionArn is not used: no handler is chosen; --handler function"))
        #expect(result.output.hasSuffix("\(path): 3 settings, nothing is wrong\n"))
    }

    @Test func checkOfAFileThatIsNotThereIsWrongUsage() async throws {
        let result = try await ToolProcess.run(["config", "check", "/nonexistent/weir.toml"])
        #expect(result.status == 2)
        #expect(result.errors.contains("cannot read /nonexistent/weir.toml"))
    }

    @Test func showTellsWhatHoldsAndWhereItComesFrom() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("batch-size = 500\nfor = \"5m\"\nregion = \"eu-central-1\"\n", to: "weir.toml")
        let result = try await ToolProcess.run(
            ["config", "show", "--config", path, "--batch-size", "7"],
            environment: Self.environment(["WEIR_FOR": "10m", "WEIR_UNTIL_SHARDS_END": "1"])
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n")
        func expect(_ start: String, _ end: String) {
            #expect(lines.contains { $0.hasPrefix(start) && $0.hasSuffix(end) }, "\(start): \(result.output)")
        }
        expect("batch-size = 7 ", "# --batch-size")
        expect("for = \"10m\" ", "# WEIR_FOR")
        expect("until-shards-end = true ", "# WEIR_UNTIL_SHARDS_END")
        expect("region = \"eu-central-1\" ", "# \(path):3:1")
        expect("pipeline = \"default\" ", "# default")
        expect("# table ", "# default: none")

        // It is a settings file itself.
        let shown = try folder.write(result.output, to: "shown.toml")
        #expect(try await ToolProcess.run(["config", "check", shown]).status == 0)
    }

    @Test func showRefusesWhatIsWrongLikeAllOthers() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("batch-size = 10001\n", to: "weir.toml")
        let result = try await ToolProcess.run(["config", "show", "--config", path])
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains("\(path):1:14: batch-size is '10001'; "))
    }
}
