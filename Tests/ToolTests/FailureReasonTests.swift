// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Foundation
import HTTPTypes
import StreamSession
import TestServers
import TestSupport
import Testing

/// Why records were given up, in the words of who could not handle them.
@Suite("The reason of a failure, told by the program", .timeLimit(.minutes(4)))
struct FailureReasonTests {
    /// The messages of all lines about records given up.
    private static func reasons(_ result: ToolProcess.Result) throws -> Set<String> {
        Set(try result.lines("discard").compactMap { $0["message"] as? String })
    }

    @Test(arguments: [
        ("echo 'no such customer' >&2; exit 3", [], "Runtime.ExitError: exit status 3 | no such customer"),
        ("kill -9 $$", [], "Runtime.ExitError: ended by signal 9"),
        (
            "echo waiting >&2; sleep 600", ["--handler-timeout", "1s"],
            "Sandbox.Timedout: Task timed out after 1.00 seconds | waiting"
        ),
        (
            "head -c 7000000 /dev/zero", [],
            "Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes)."
        ),
    ])
    func ofAProgram(script: String, options: [String], reason: String) async throws {
        try await GivenUpRun.with(records: 2) { given in
            let result = try await given.run(options + given.script(script))
            #expect(result.status == 0, "\(result.errors)")
            #expect(try Self.reasons(result) == ["the handler failed: \(reason)"])
        }
    }

    @Test func ofAFunction() async throws {
        let cases: [(HTTPResponse.Status, [String: String], String, String)] = [
            (
                .ok, ["X-Amz-Function-Error": "Unhandled"],
                #"{"errorMessage":"total is missing","errorType":"KeyError","stackTrace":["x"]}"#,
                "the handler failed: KeyError: total is missing"
            ),
            (
                .contentTooLarge, [:], #"{"Message":"6291557 byte payload is too large"}"#,
                "the handler failed: RequestTooLargeException: "
            ),
        ]
        for (status, headers, body, reason) in cases {
            try await GivenUpRun.with(records: 2) { given in
                try await ScriptedServer.run { _, _ in
                    var fields = HTTPFields()
                    for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
                    return ScriptedServer.response(body, status: status, headers: fields)
                } _: { endpoint in
                    let result = try await given.run([
                        "--handler", "function", "--function", "f", "--function-endpoint", endpoint.url,
                    ])
                    #expect(result.status == 0, "\(result.errors)")
                    let reasons = try Self.reasons(result)
                    #expect(reasons.count == 1)
                    #expect(reasons.first?.hasPrefix(reason) == true, "\(reasons)")
                    if status == .contentTooLarge {
                        #expect(reasons.first?.contains("6291557 byte payload is too large") == true, "\(reasons)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ([AttributeValue.string("12 EUR")], "NewImage.total has type S, not N"),
        (
            ["9e120", "1"].map { AttributeValue.number((try? DecimalNumber(validating: $0)) ?? DecimalNumber(0)) },
            "cannot be added to Totals: Attempting to store more than 38 significant digits"
        ),
    ])
    func ofAnAggregate(totals: [AttributeValue], reason: String) async throws {
        try await GivenUpRun.with(records: 0) { given in
            let api = given.pipeline.client
            try await AggregateOrders(api: api).create()
            for (number, total) in totals.enumerated() {
                _ = try await api.putItem(
                    PutItemRequest(
                        tableName: AggregateOrders.orders,
                        item: ["id": .string("\(number)"), "total": total]
                    )
                )
            }
            let result = try await given.run(
                [
                    "--handler", "aggregate", "--aggregate-table", AggregateOrders.totals, "--aggregate",
                    "sum:NewImage.total",
                ],
                table: AggregateOrders.orders
            )
            #expect(result.status == 0, "\(result.errors)")
            let reasons = try Self.reasons(result)
            #expect(!reasons.isEmpty)
            for text in reasons { #expect(text.contains(reason), "\(text)") }
        }
    }

    @Test func ofObjectsToBeDeleted() async throws {
        try await GivenUpRun.with(records: 2) { given in
            let result = try await given.run([
                "--handler", "delete-objects", "--bucket", "files", "--key", "{NewImage.path}", "--events", "INSERT",
                "--s3-endpoint", "http://127.0.0.1:1",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let reasons = try Self.reasons(result)
            #expect(!reasons.isEmpty)
            for text in reasons {
                #expect(text.contains("names no object: it has no attribute NewImage.path"), "\(text)")
            }
        }
    }

    /// Without limits a batch is tried for a day: whoever waits has to see why.
    @Test func ofWhatIsTriedAgainIsToldToPeopleAndInALine() async throws {
        try await GivenUpRun.with(records: 2) { given in
            let options = try given.script("echo 'no such customer' >&2; exit 3")
            let result = try await given.run(["--maximum-retry-attempts", "-1", "--for", "2s"] + options)
            #expect(result.status == 0, "\(result.errors)")
            let reason = "the handler failed: Runtime.ExitError: exit status 3 | no such customer"
            let warnings = try result.lines("error").filter { $0["code"] as? String == "batch-retry" }
            #expect(warnings.count >= 2)
            #expect(warnings.allSatisfy { $0["message"] as? String == reason && $0["level"] as? String == "error" })
            let told = result.errors.split(separator: "\n").filter { $0.contains(reason) }
            #expect(told.count == 1, "\(result.errors)")
            #expect(
                told.first?.hasPrefix("weir: warning: batch 1 failed and is tried again, attempt 1 on shard") == true
            )
        }
    }
}
