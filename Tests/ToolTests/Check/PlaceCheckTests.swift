// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import Foundation
import HTTPTypes
import Hummingbird
import StreamSession
import Synchronization
import TestServers
import TestSupport
import Testing

/// What `weir check` says of the places that handlers and failure destinations send to.
@Suite("weir check: destinations, functions and buckets", .timeLimit(.minutes(3)))
struct PlaceCheckTests {
    private struct Finding: Hashable {
        var check: String
        var status: String
        var message: String
        var advice: String
    }

    private static func findings(_ given: GivenUpRun, _ arguments: [String]) async throws -> [Finding] {
        let result = try await ToolProcess.run(
            ["check", "--json", "--endpoint-url", given.pipeline.endpoint, "--table", StoryTables.messages] + arguments
        )
        let findings = try #require(try result.lastObject()["findings"] as? [[String: String]])
        #expect(result.status == (findings.contains { $0["status"] == "fail" } ? 1 : 0))
        return findings.map {
            Finding(
                check: $0["check"] ?? "",
                status: $0["status"] ?? "",
                message: $0["message"] ?? "",
                advice: $0["advice"] ?? ""
            )
        }
    }

    private static let command = ["--handler", "command", "--", "true"]

    @Test func aFileIsTriedWithoutBeingMade() async throws {
        try await GivenUpRun.with(records: 0) { given in
            try Data("notes\n".utf8).write(to: URL(fileURLWithPath: "\(given.folder)/notes"))
            try Data("{}\n".utf8).write(to: URL(fileURLWithPath: "\(given.folder)/lines"))
            for (path, status, words) in [
                ("/nonexistent/x", "fail", "cannot open /nonexistent/x for failed batches"),
                ("\(given.folder)/notes", "fail", "something other than JSON lines"),
                (given.folder, "fail", "cannot open"), ("\(given.folder)/lines", "pass", "can be added to"),
                ("\(given.folder)/new", "pass", "can be made"),
            ] {
                let found = try await Self.findings(given, ["--on-failure", "file:\(path)"] + Self.command)
                let finding = try #require(found.first { $0.check == "destination" }, "\(found)")
                #expect(finding.status == status, "\(finding)")
                #expect(finding.message.contains(words), "\(finding)")
            }
            #expect(!FileManager.default.fileExists(atPath: "\(given.folder)/new"))
        }
    }

    @Test func aPlaceWhereNothingListensFails() async throws {
        let nowhere = "http://127.0.0.1:1"
        try await GivenUpRun.with(records: 0) { given in
            for (name, option, arguments) in [
                ("lambda", "--function-endpoint", ["--handler", "function", "--function", "f"]),
                (
                    "sqs", "--on-failure-endpoint",
                    ["--on-failure", "arn:aws:sqs:us-east-1:123456789012:q"] + Self.command
                ),
                (
                    "sns", "--on-failure-endpoint",
                    ["--on-failure", "arn:aws:sns:us-east-1:123456789012:t"] + Self.command
                ),
                ("s3", "--s3-endpoint", ["--on-failure", "arn:aws:s3:::b"] + Self.command),
                ("s3", "--s3-endpoint", ["--handler", "delete-objects", "--bucket", "b", "--key", "{Keys.messageId}"]),
                (
                    "s3", "--s3-endpoint",
                    ["--handler", "delete-objects", "--bucket", "{Keys.messageId}", "--key", "k"]
                ),
            ] {
                let found = try await Self.findings(given, [option, nowhere] + arguments)
                let endpoints = found.filter { $0.check == "endpoint" && $0.message.contains(nowhere) }
                #expect(endpoints.map(\.status) == ["pass", "fail"], "\(found)")
                #expect(endpoints.first?.message == "\(name): \(nowhere) (\(option))")
                #expect(endpoints.last?.message == "nothing listens at \(nowhere) (connection refused)")
                #expect(endpoints.last?.advice.contains(option) == true)
            }
        }
    }

    @Test func whatIsAskedForIsThereOrMissingOrNotToBeKnown() async throws {
        let cases: [(service: String, destination: String, option: String, answers: [(String, HTTPResponse.Status)])] =
            [
                (
                    "GetQueueUrl", "arn:aws:sqs:us-east-1:123456789012:q", "--on-failure-endpoint",
                    [
                        (#"{"QueueUrl":"http://q"}"#, .ok),
                        (#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no"}"#, .badRequest),
                        (#"{"__type":"com.amazon.coral.service#AccessDeniedException","message":"no"}"#, .forbidden),
                    ]
                ),
                (
                    "GetTopicAttributes", "arn:aws:sns:us-east-1:123456789012:t", "--on-failure-endpoint",
                    [
                        ("<GetTopicAttributesResponse/>", .ok),
                        (
                            "<ErrorResponse><Error><Code>NotFound</Code><Message>no</Message></Error></ErrorResponse>",
                            .notFound
                        ),
                        (
                            "<ErrorResponse><Error><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>",
                            .forbidden
                        ),
                    ]
                ),
                (
                    "list-type", "arn:aws:s3:::b", "--s3-endpoint",
                    [
                        ("<ListBucketResult/>", .ok),
                        ("<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>", .notFound),
                        ("<Error><Code>AccessDenied</Code><Message>no</Message></Error>", .forbidden),
                    ]
                ),
            ]
        try await GivenUpRun.with(records: 0) { given in
            for (words, destination, option, answers) in cases {
                for ((body, status), expected) in zip(answers, ["pass", "fail", "skip"]) {
                    let asked = Mutex<[String]>([])
                    try await ScriptedServer.run { request, input in
                        let target = request.headers.first { $0.name.canonicalName == "x-amz-target" }?.value ?? ""
                        asked.withLock {
                            $0.append("\(request.uri) \(target) \(String(decoding: input, as: UTF8.self))")
                        }
                        return ScriptedServer.response(body, status: status)
                    } _: { endpoint in
                        let found = try await Self.findings(
                            given,
                            ["--on-failure", destination, option, endpoint.url] + Self.command
                        )
                        let finding = try #require(found.first { $0.check == "destination" }, "\(found)")
                        #expect(finding.status == expected, "\(finding)")
                        if expected == "fail" { #expect(finding.advice.hasPrefix("Check the "), "\(finding)") }
                        // What would send is not tried.
                        let sending = found.filter { $0.status == "skip" && $0.message.contains("would change") }
                        #expect(sending.count == 1, "\(found)")
                    }
                    let seen = asked.withLock { $0 }
                    #expect(seen.count == 1 && seen[0].contains(words), "\(seen)")
                }
            }
        }
    }
}
