// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import StreamSession
import TestServers
import TestSupport
import Testing

@Suite("weir run --handler aggregate, and weir aggregate read", .timeLimit(.minutes(4)))
struct AggregateToolTests {
    private static let sums = [
        "--handler", "aggregate", "--aggregate", "count", "--aggregate", "sum:NewImage.total", "--group-by",
        "NewImage.customer", "--aggregate-table", AggregateOrders.totals,
    ]

    /// Orders at an endpoint, and the options that point the program to them.
    private static func withOrders(
        _ changes: Int = 120,
        viewType: StreamViewType = .newAndOldImages,
        _ body: @escaping @Sendable (AggregateOrders, _ run: [String], _ endpoint: [String]) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(
            shards: 2,
            checkpointFile: "\(folder.path)/unused.sqlite",
            toolVersion: "test"
        )
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            let orders = AggregateOrders(api: pipeline.client)
            try await orders.create(viewType: viewType)
            try await orders.write(changes, seed: 3)
            let run = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", AggregateOrders.orders, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "\(folder.path)/positions.sqlite", "--until-idle", "300ms",
            ]
            try await body(orders, run, ["--endpoint-url", pipeline.endpoint])
        }
    }

    private static func read(_ endpoint: [String], _ more: [String] = ["--json"]) async throws -> ToolProcess.Result {
        try await ToolProcess.run(["aggregate", "read", "--aggregate-table", AggregateOrders.totals] + endpoint + more)
    }

    /// Makes a client of an endpoint on this machine, lends it and shuts it down.
    private static func withClient(_ url: String, _ body: (DynamoDBClient) async throws -> Void) async throws {
        let clock = SystemClock()
        let client = try DynamoDBClient.connect(
            ConnectionOptions(region: "us-east-1", endpointURL: url),
            context: .empty,
            now: { clock.now },
            sleep: { try await clock.sleep(for: $0) },
            logger: silentLogger
        )
        do {
            try await body(client)
            try await client.shutdown()
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    @Test func sumsAreKeptAndReadAgain() async throws {
        try await Self.withOrders { orders, run, endpoint in
            let result = try await ToolProcess.run(run + Self.sums + ["--write-shards", "3", "--yes"])
            #expect(result.status == 0, "\(result.errors)")
            for fact in [
                "000000000000", "us-east-1", endpoint[1], "stream of      Orders", "adds to        Totals",
                "count=count, sum_total=sum:NewImage.total", "by NewImage.customer, each over 3 items", "UpdateItem",
            ] {
                #expect(result.errors.contains(fact), "\(fact): \(result.errors)")
            }
            let summary = try result.lastObject()
            let requests = try #require((summary["requests"] as? [String: Int])?["UpdateItem"])
            #expect(requests > 2)
            #expect(summary["write_capacity_units"] as? Double == Double(requests))
            #expect(result.errors.contains("UpdateItem requests, "))
            #expect(!result.errors.contains("delete"), "\(result.errors)")
            let truth = try await orders.truth()
            let read = try await Self.read(endpoint)
            #expect(try AggregateOrders.numbers(in: read) == truth)
            #expect(read.status == 0 && read.errors.isEmpty)

            // A reset: another pipeline begins at the oldest record, and counts nothing twice.
            let again = try await ToolProcess.run(
                run + Self.sums + ["--write-shards", "3", "--yes", "--pipeline", "other"]
            )
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.errors.contains("goes on with the numbers that are there"))
            let said = try again.objects().compactMap { $0["message"] as? String }
            #expect(said.contains { $0.contains("additions were counted before and are left out") })
            #expect(try AggregateOrders.numbers(in: try await Self.read(endpoint)) == truth)
        }
    }

    @Test func theTableForPeopleHasAHeadAndNumbersThatEndAtTheSameColumn() async throws {
        try await Self.withOrders { orders, run, endpoint in
            #expect(try await ToolProcess.run(run + Self.sums + ["--yes"]).status == 0)
            let lines = try await Self.read(endpoint, []).output.split(separator: "\n").map(String.init)
            let truth = try await orders.truth()
            #expect(lines.first?.split(separator: " ").map(String.init) == ["GROUP", "COUNT", "SUM_TOTAL"])
            #expect(Set(lines.map(\.count)).count == 1)
            let rows = lines.dropFirst().map { $0.split(separator: " ").map(String.init) }
            #expect(rows.map { $0[0] } == truth.keys.sorted())
            for row in rows { #expect(Array(row.dropFirst()) == truth[row[0]]) }

            let one = try await Self.read(endpoint, ["--group", "c1", "--json"])
            #expect(try AggregateOrders.numbers(in: one) == truth.filter { $0.key == "c1" })
            let none = try await Self.read(endpoint, ["--group", "nobody"])
            #expect(none.status == 1)
            #expect(none.errors.contains("Totals has no group nobody"))
        }
    }

    @Test func aDryRunShowsTheUpdatesAndWritesNothing() async throws {
        try await Self.withOrders(40) { _, run, endpoint in
            for _ in 0..<2 {
                let result = try await ToolProcess.run(run + Self.sums + ["--dry-run"])
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.errors.contains("Dry run: nothing is written"))
                let plans = try result.objects().filter { $0["type"] as? String == "would-send" }
                #expect(plans.allSatisfy { $0["operation"] as? String == "UpdateItem" })
                #expect(plans.allSatisfy { $0["target"] as? String == AggregateOrders.totals })
                let requests = plans.flatMap { $0["requests"] as? [[String: Any]] ?? [] }
                #expect(!requests.isEmpty)
                #expect(requests.allSatisfy { $0["UpdateExpression"] as? String == "SET #s = :l ADD #v0 :d0, #v1 :d1" })
            }
            let read = try await Self.read(endpoint)
            #expect(read.status == 1)
            #expect(read.errors.contains("Totals keeps no aggregate"))
        }
    }

    @Test func withoutATerminalItNeedsYes() async throws {
        try await Self.withOrders(5) { _, run, endpoint in
            let result = try await ToolProcess.run(run + Self.sums)
            #expect(result.status == 2)
            for fact in ["to write without", "--yes", "--dry-run", "Totals"] { #expect(result.errors.contains(fact)) }
            #expect(try await Self.read(endpoint).status == 1)
        }
    }

    @Test func whatWouldNotBeRightIsRefusedBeforeAnythingBegins() async throws {
        try await Self.withOrders(5, viewType: .newImage) { _, run, endpoint in
            for (arguments, status, facts) in [
                (Self.sums, 2, ["NEW_IMAGE", "NEW_AND_OLD_IMAGES", "--events INSERT"]),
                (
                    Self.sums + ["--events", "INSERT", "--parallelization-factor", "2"], 2,
                    ["--parallelization-factor 2", "--concurrency 2"]
                ),
                (
                    ["--handler", "aggregate", "--aggregate", "count", "--aggregate-table", "Sums"], 4,
                    ["Sums does not exist", "aws dynamodb create-table --table-name Sums"]
                ),
                (
                    ["--handler", "aggregate", "--aggregate", "count", "--aggregate-table", AggregateOrders.orders], 1,
                    ["Orders is the stream's own table"]
                ),
                (
                    [
                        "--handler", "aggregate", "--aggregate", "count", "--aggregate", "count", "--aggregate-table",
                        AggregateOrders.totals,
                    ], 2, ["Two values are kept as count"]
                ),
            ] as [([String], Int32, [String])] {
                let result = try await ToolProcess.run(run + arguments + ["--yes"])
                #expect(result.status == status, "\(result.errors)")
                #expect(result.output.isEmpty)
                for fact in facts { #expect(result.errors.contains(fact), "\(result.errors)") }
            }
            #expect(try await Self.read(endpoint).status == 1)

            // What the view type tells is added up.
            let inserts = try await ToolProcess.run(
                run + Self.sums + ["--events", "INSERT", "--filter", #"{"eventName":["INSERT"]}"#, "--yes"]
            )
            #expect(inserts.status == 0, "\(inserts.errors)")
            #expect(inserts.errors.contains("--filter leaves out changes, not items"))
            let other = try await ToolProcess.run(run + Self.sums + ["--events", "INSERT", "--yes"])
            #expect(other.status == 1)
            #expect(other.errors.contains("Totals keeps another aggregate (filters: {"))
        }
    }

    @Test(arguments: [
        (["run", "--table", "T", "--handler", "aggregate"], ["--aggregate-table <table>", "--aggregate"]),
        (
            ["run", "--table", "T", "--handler", "aggregate", "--aggregate-table", "S"],
            ["--aggregate <expression>", "sum:NewImage.total"]
        ),
        (["run", "--table", "T", "--aggregate", "count"], ["--aggregate <expression> needs --handler aggregate"]),
        (["run", "--table", "T", "--aggregate-table", "S"], ["--aggregate-table <table> needs --handler aggregate"]),
        (["run", "--table", "T", "--write-shards", "2"], ["--write-shards <n> needs --handler aggregate"]),
        (["run", "--table", "T", "--group-by", "Keys.a"], ["--group-by <path> needs --handler aggregate"]),
        (["run", "--table", "T", "--aggregate", "avg:NewImage.a"], ["--aggregate", "'avg:NewImage.a'", "sum:PATH"]),
        (["run", "--table", "T", "--group-by", "customer"], ["--group-by", "'customer'", "NewImage.name"]),
        (["run", "--table", "T", "--write-shards", "1001"], ["--write-shards", "'1001'", "1 to 1000"]),
        (["aggregate", "read"], ["--aggregate-table"]),
        (["aggregate", "read", "--aggregate-table", ""], ["--aggregate-table <table>", "a name is needed"]),
    ])
    func wrongInputIsNamed(arguments: [String], facts: [String]) async throws {
        let result = try await ToolProcess.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        for fact in facts { #expect(result.errors.contains(fact), "\(result.errors)") }
    }

    /// An emulator by others, whose streams all have one shard of the same name.
    @Test(
        .enabled(
            if: MotoServer.python != nil || MotoServer.isRequired,
            "needs a Python with moto: set WEIR_TEST_PYTHON, or let ./dev test make .venv"
        )
    )
    func itWorksWithAnEmulatorByOthers() async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python with moto")
        let folder = try TemporaryFolder()
        try await MotoServer.run(python: python) { url in
            try await Self.withClient(url) { client in
                let orders = AggregateOrders(api: client)
                try await orders.create()
                // It adds with 28 digits.
                try await orders.write(150, seed: 5, fractions: 0...99)
                for pipeline in ["one", "two"] {
                    let result = try await ToolProcess.run(
                        [
                            "run", "--endpoint-url", url, "--region", "us-east-1", "--table", AggregateOrders.orders,
                            "--starting-position", "TRIM_HORIZON", "--checkpoint-file",
                            "\(folder.path)/positions.sqlite",
                            "--pipeline", pipeline, "--until-idle", "300ms", "--batch-size", "20", "--write-shards",
                            "2",
                            "--yes",
                        ] + Self.sums
                    )
                    #expect(result.status == 0, "\(result.errors)")
                    let read = try await Self.read(["--endpoint-url", url, "--region", "us-east-1"])
                    #expect(try AggregateOrders.numbers(in: read) == (try await orders.truth()), "\(read.errors)")
                    try await orders.write(50, seed: 6, fractions: 0...99)
                    let rest = try await ToolProcess.run(
                        [
                            "run", "--endpoint-url", url, "--region", "us-east-1", "--table", AggregateOrders.orders,
                            "--checkpoint-file", "\(folder.path)/positions.sqlite", "--pipeline", pipeline,
                            "--until-idle", "300ms", "--write-shards", "2", "--yes",
                        ] + Self.sums
                    )
                    #expect(rest.status == 0, "\(rest.errors)")
                }
                let read = try await Self.read(["--endpoint-url", url, "--region", "us-east-1"])
                #expect(try AggregateOrders.numbers(in: read) == (try await orders.truth()), "\(read.errors)")
            }
        }
    }
}
