// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import DynamoDBModel
import Foundation
import LocalEndpoint
import StreamSession
import Synchronization
import TestServers
import TestSupport
import Testing

@Suite("weir check and weir policy", .timeLimit(.minutes(4)))
struct CheckToolTests {
    private struct Finding: Hashable {
        var check: String
        var status: String
        var message: String
        var advice: String?
    }

    private struct Answer {
        var result: ToolProcess.Result
        var findings: [Finding]

        func statuses(_ check: String) -> [String] { self.findings.filter { $0.check == check }.map(\.status) }
        func messages(_ status: String) -> [String] { self.findings.filter { $0.status == status }.map(\.message) }
    }

    private static func check(_ arguments: [String]) async throws -> Answer {
        let result = try await ToolProcess.run(["check", "--json"] + arguments)
        let object = try result.lastObject()
        let findings = try #require(object["findings"] as? [[String: String]])
        return Answer(
            result: result,
            findings: findings.map {
                Finding(
                    check: $0["check"] ?? "",
                    status: $0["status"] ?? "",
                    message: $0["message"] ?? "",
                    advice: $0["advice"]
                )
            }
        )
    }

    private static func withPipeline(
        stagingWriteCapacity: Int? = nil,
        _ body: @escaping @Sendable (DemoPipeline, _ options: [String]) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(
            stagingWriteCapacity: stagingWriteCapacity,
            checkpointFile: "\(folder.path)/unused.sqlite",
            toolVersion: "test"
        )
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 5, seed: 7)
            try await body(pipeline, ["--endpoint-url", pipeline.endpoint])
        }
    }

    private static let messages = ["--table", StoryTables.messages]
    private static let deleting = ["--handler", "delete", "--staging", StoryTables.staging]

    @Test func aPipelineThatCanRunPassesAndNothingIsWritten() async throws {
        try await Self.withPipeline(stagingWriteCapacity: 5) { pipeline, options in
            let writes = pipeline.deleteCounts
            let found = Mutex<Answer?>(nil)
            try await ScriptedServer.run { _, _ in
                ScriptedServer.response(#"{"QueueUrl":"http://q"}"#)
            } _: { sqs in
                let answer = try await Self.check(
                    options + Self.messages + Self.deleting + [
                        "--on-failure", "arn:aws:sqs:us-east-1:123456789012:q", "--on-failure-endpoint", sqs.url,
                    ]
                )
                found.withLock { $0 = answer }
            }
            let answer = try #require(found.withLock { $0 })
            #expect(answer.result.status == 0, "\(answer.result)")
            #expect(answer.findings.allSatisfy { ["pass", "skip"].contains($0.status) }, "\(answer.findings)")
            for check in [
                "region", "endpoint", "credentials", "table", "stream", "records", "clock", "view-type",
                "staging", "capacity", "keys", "permission", "destination",
            ] {
                #expect(answer.statuses(check).contains("pass"), "\(check)")
            }
            let table = "arn:aws:dynamodb:us-east-1:000000000000:table/\(StoryTables.staging)"
            #expect(
                answer.messages("skip") == [
                    "dynamodb:BatchWriteItem on \(table): it would change something",
                    "sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:q: it would change something",
                ]
            )
            #expect(pipeline.deleteCounts == writes)
            #expect(try await pipeline.stagingItems() == 5)

            let text = try await ToolProcess.run(["check"] + options + Self.messages)
            #expect(text.status == 0)
            #expect(
                text.output.contains(
                    "pass  table        \(StoryTables.messages) is ACTIVE, key messageId (S), createdAt (N)"
                )
            )
            #expect(text.output.contains(" passed, 0 failed\n"))
        }
    }

    @Test(arguments: ["DescribeTable", "DescribeStream", "GetShardIterator", "GetRecords"])
    func aMissingPermissionIsNamed(operation: String) async throws {
        try await Self.withPipeline { pipeline, options in
            let code = DynamoDBError.Code.accessDenied
            pipeline.faults.inject(FaultSpecification(operation, .error, code: code))
            let answer = try await Self.check(options + Self.messages)
            #expect(answer.result.status == 1)
            let failed = answer.findings.filter { $0.status == "fail" }
            #expect(failed.map(\.check) == ["permission"])
            let finding = try #require(failed.first)
            #expect(finding.message.hasPrefix("dynamodb:\(operation) on "))
            #expect(finding.message.hasSuffix(" is not allowed"))
            #expect(finding.advice?.contains("weir policy") == true)
        }
    }

    @Test func whatIsWrongIsSaidWithWhatToDo() async throws {
        try await Self.withPipeline(stagingWriteCapacity: 5) { pipeline, options in
            let cases: [([String], check: String, status: String, words: String, advice: String?)] = [
                (["--table", "Nope"], "table", "fail", "Nope does not exist", "weir streams"),
                (
                    ["--table", StoryTables.staging], "stream", "fail", "has no stream",
                    "--endpoint-url \(pipeline.endpoint) --stream-specification"
                ),
                (
                    Self.messages + ["--handler", "delete", "--staging", StoryTables.messages], "keys", "fail",
                    "the stream's own table", nil
                ),
                (
                    Self.messages + ["--handler", "delete", "--staging", "Nope"], "staging", "fail",
                    "Nope does not exist", "--staging"
                ),
                (
                    Self.messages + Self.deleting + ["--maximum-write-capacity", "9"], "capacity", "warn",
                    "5 write capacity units a second, deletes use at most 9", "lower --maximum-write-capacity"
                ),
                (
                    Self.messages + Self.deleting + ["--delete-condition", "event = OldImage.event"], "view-type",
                    "warn",
                    "INSERT records", "--events"
                ),
                (Self.messages + ["--handler", "command", "--", "no-such-program"], "program", "fail", "PATH", nil),
                (
                    ["--stream-arn", "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/x"], "stream", "fail",
                    "does not exist (any more)", "24 hours"
                ),
            ]
            for (arguments, check, status, words, advice) in cases {
                let answer = try await Self.check(options + arguments)
                #expect(answer.result.status == (status == "fail" ? 1 : 0), "\(arguments)")
                let finding = try #require(
                    answer.findings.first { $0.check == check && $0.status == status },
                    "\(arguments): \(answer.findings)"
                )
                #expect(finding.message.contains(words), "\(finding)")
                if let advice { #expect(finding.advice?.contains(advice) == true, "\(finding)") }
            }
        }
    }

    @Test func throttledReadingIsNoFailure() async throws {
        try await Self.withPipeline { pipeline, options in
            pipeline.faults.inject(FaultSpecification("GetRecords", .error, code: .limitExceeded))
            let answer = try await Self.check(options + Self.messages)
            #expect(answer.result.status == 0)
            #expect(answer.statuses("records") == ["warn"])
        }
    }

    /// What is not Lambda itself might take the question for an invocation.
    @Test func aFunctionElsewhereIsNotAsked() async throws {
        try await Self.withPipeline { _, options in
            let calls = Mutex(0)
            try await ScriptedServer.run { _, _ in
                calls.withLock { $0 += 1 }
                return ScriptedServer.response("null")
            } _: { endpoint in
                let answer = try await Self.check(
                    options + Self.messages + [
                        "--handler", "function", "--function", "f", "--function-endpoint", endpoint.url,
                    ]
                )
                #expect(answer.result.status == 0)
                #expect(answer.messages("skip").allSatisfy { $0.hasPrefix("lambda:InvokeFunction on ") })
                #expect(answer.messages("skip").count == 1)
                #expect(answer.messages("pass").contains("lambda: \(endpoint.url) (--function-endpoint)"))
            }
            #expect(calls.withLock { $0 } == 0)
        }
    }

    @Test func aPlaceWhereNothingListensFails() async throws {
        let answer = try await Self.check(["--endpoint-url", "http://127.0.0.1:1"] + Self.messages)
        #expect(answer.result.status == 1)
        #expect(answer.statuses("endpoint") == ["pass", "pass", "fail"])
        #expect(answer.statuses("clock") == ["skip"])
    }

    // MARK: - policy

    private static func policy(_ arguments: [String]) async throws -> (status: Int32, actions: [String], text: String) {
        let result = try await ToolProcess.run(["policy"] + arguments)
        guard result.status == 0 else { return (result.status, [], result.errors) }
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        )
        let statements = try #require(object["Statement"] as? [[String: Any]])
        return (0, statements.flatMap { $0["Action"] as? [String] ?? [] }, result.output)
    }

    private static let reading = ["dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"]

    @Test func aPolicyNeedsNoCallWhereTheOptionsSayWhatIsWhere() async throws {
        let place = ["--region", "cn-north-1", "--account", "123456789012"]
        let observing = try await Self.policy(["--table", "T"] + place)
        #expect(observing.actions == Self.reading + ["dynamodb:DescribeTable"])
        #expect(observing.text.contains("arn:aws-cn:dynamodb:cn-north-1:123456789012:table/T/stream/*"))

        let arn = "arn:aws:dynamodb:us-west-2:123456789012:table/T/stream/2015-05-11T21:21:33.291"
        let named = try await Self.policy([
            "--stream-arn", arn, "--handler", "delete", "--staging", "S", "--list-streams",
        ])
        #expect(
            named.actions == Self.reading + [
                "dynamodb:DescribeTable", "dynamodb:ListStreams", "dynamodb:BatchWriteItem",
            ]
        )
        #expect(named.text.contains("\"\(arn)\""))
        #expect(named.text.contains("arn:aws:dynamodb:us-west-2:123456789012:table/S"))

        let cases: [([String], [String])] = [
            (["--handler", "delete", "--staging", "S", "--delete-mode", "item"], ["dynamodb:DeleteItem"]),
            (
                ["--handler", "delete", "--staging", "S", "--delete-condition", "v = NewImage.v"],
                ["dynamodb:DeleteItem"]
            ),
            (["--handler", "delete", "--staging", "S", "--dry-run"], []),
            (["--handler", "function", "--function", "f"], ["lambda:InvokeFunction"]),
            (["--handler", "delete-objects", "--bucket", "b", "--key", "{Keys.a}"], ["s3:DeleteObject"]),
            (
                ["--handler", "command", "--on-failure", "arn:aws:sns:us-east-1:123456789012:t", "--", "x"],
                ["sns:Publish"]
            ),
        ]
        for (arguments, actions) in cases {
            let policy = try await Self.policy(["--table", "T"] + place + arguments)
            #expect(
                policy.actions == Self.reading + ["dynamodb:DescribeTable"] + actions,
                "\(arguments) \(policy.text)"
            )
        }
    }

    @Test func theAccountOfATableCanBeAskedFor() async throws {
        try await Self.withPipeline { pipeline, options in
            let policy = try await Self.policy(options + Self.messages)
            #expect(policy.text.contains("us-east-1:000000000000:table/\(StoryTables.messages)/stream/*"))
            #expect(pipeline.requestLog.requests(operation: "DescribeTable", table: StoryTables.messages) == 1)
        }
        let unreachable = try await Self.policy(["--endpoint-url", "http://127.0.0.1:1"] + Self.messages)
        #expect(unreachable.status == 4)
        #expect(unreachable.text.contains("--account"))
    }
}
