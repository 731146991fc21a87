// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DemoPipeline
import Foundation
import HTTPTypes
import Hummingbird
import RecordHandlers
import StreamSession
import Synchronization
import TestServers
import TestSupport
import Testing

@Suite("weir run with programs, functions and objects", .timeLimit(.minutes(4)))
struct HandlerToolTests {
    private static func withPipeline(
        messages: Int,
        _ body: @escaping @Sendable (DemoPipeline, _ options: [String], _ folder: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: messages, seed: 7)
            let options = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "\(folder.path)/positions.sqlite", "--until-idle", "300ms",
            ]
            try await body(pipeline, options, folder.path)
        }
    }

    private static func script(_ text: String, in folder: String) throws -> String {
        let path = "\(folder)/handler"
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    private static func records(_ event: some DataProtocol) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(event)) as? [String: Any]
        return object?["Records"] as? [[String: Any]] ?? []
    }

    // MARK: - command

    @Test func aProgramGetsEveryRecordAndSaysWhatItWrites() async throws {
        try await Self.withPipeline(messages: 250) { _, options, folder in
            let script = try Self.script(#"cat >> "$1"; echo >> "$1"; echo "a line of $2" >&2; echo '{}'"#, in: folder)
            let result = try await ToolProcess.run(
                options + ["--handler", "command", "--yes", "--", script, "\(folder)/events", "--not-an-option"]
            )
            #expect(result.status == 0, "\(result.errors)")
            let events = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/events")).split(separator: 10)
            let ids = try events.flatMap { try Self.records($0) }.compactMap { $0["eventID"] as? String }
            #expect(ids.count == 250 && Set(ids).count == 250)
            let summary = try result.lastObject()
            #expect(summary["records"] as? Int == 250)
            let said = try result.objects().filter { $0["code"] as? String == "handler-output" }
            #expect(said.count == events.count)
            #expect(said.allSatisfy { $0["message"] as? String == "a line of --not-an-option" })
            #expect(said.allSatisfy { $0["type"] as? String == "notice" })
            for fact in ["runs           \(script)", "at most        1m", "with           HOME, PATH"] {
                #expect(result.errors.contains(fact), "\(result.errors)")
            }

            // The position has moved behind all of it.
            let second = try await ToolProcess.run(options + ["--handler", "command", "--yes", "--", script, "x", "y"])
            #expect(try second.lastObject()["records"] as? Int == 0)
        }
    }

    @Test func aProgramGetsNoCredentialsUnlessThatIsAskedFor() async throws {
        try await Self.withPipeline(messages: 1) { _, options, folder in
            let script = try Self.script(#"env > "$1""#, in: folder)
            let secrets = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"]
            let environment = ToolProcess.environment(secrets.merging(["MODE": "fast", "OTHER": "x"]) { $1 })
            func variables(_ more: [String], pipeline: String) async throws -> String {
                let result = try await ToolProcess.run(
                    options + ["--pipeline", pipeline, "--handler", "command", "--yes"] + more
                        + ["--", script, "\(folder)/\(pipeline)"],
                    environment: environment
                )
                #expect(result.status == 0, "\(result.errors)")
                #expect(!result.errors.contains("secret") && !result.output.contains("secret"))
                return try String(contentsOfFile: "\(folder)/\(pipeline)", encoding: .utf8)
            }
            let without = try await variables(["--handler-env", "MODE"], pipeline: "without")
            #expect(without.contains("MODE=fast") && !without.contains("OTHER") && !without.contains("AWS_"))
            let with = try await variables(["--handler-credentials"], pipeline: "with")
            for (name, value) in secrets { #expect(with.contains("\(name)=\(value)")) }
            #expect(!with.contains("MODE") && !with.contains("OTHER"))
        }
    }

    @Test func aProgramThatCannotBeRunIsFoundBeforeAnythingIsRead() async throws {
        try await Self.withPipeline(messages: 1) { _, options, folder in
            try Data("#!/bin/sh\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/plain"))
            for (program, words) in [
                ("\(folder)/none", "is not there"), ("\(folder)/plain", "chmod +x"),
                ("no-such-program", "no folder of PATH"),
            ] {
                let result = try await ToolProcess.run(options + ["--handler", "command", "--yes", "--", program])
                #expect(result.status == 1)
                #expect(result.output.isEmpty)
                #expect(result.errors.contains(words), "\(result.errors)")
            }
        }
    }

    @Test func withoutATerminalEachHandlerNeedsYes() async throws {
        try await Self.withPipeline(messages: 5) { _, options, folder in
            let script = try Self.script("touch \(folder)/mark", in: folder)
            let handlers = [
                (["--handler", "command", "--", script], ["to run without", "us-east-1", "000000000000", script]),
                (
                    ["--handler", "function", "--function", "f", "--function-endpoint", "http://127.0.0.1:1"],
                    ["to invoke without", "http://127.0.0.1:1", "invokes        f"]
                ),
                (
                    [
                        "--handler", "delete-objects", "--bucket", "files", "--key", "{OldImage.path}", "--s3-endpoint",
                        "http://127.0.0.1:1", "--on-failure", "file:\(folder)/failed",
                    ],
                    [
                        "to delete without", "bucket files", "{OldImage.path}", "for            REMOVE",
                        "on failure     file \(folder)/failed",
                    ]
                ),
            ]
            for (arguments, facts) in handlers {
                let result = try await ToolProcess.run(options + arguments)
                #expect(result.status == 2, "\(result.errors)")
                for fact in facts + ["--yes", "--dry-run", StoryTables.messages] {
                    #expect(result.errors.contains(fact), "\(fact): \(result.errors)")
                }
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/mark"))
        }
    }

    @Test func aDryRunShowsWhatWouldBeSentAndMovesNothing() async throws {
        try await Self.withPipeline(messages: 40) { pipeline, options, folder in
            let script = try Self.script("touch \(folder)/mark", in: folder)
            let function = ["--handler", "function", "--function", "f", "--function-endpoint", "http://127.0.0.1:1"]
            // Nothing listens there: whoever sent something would fail, and be told of.
            let objects = [
                "--handler", "delete-objects", "--bucket", "files", "--key", "{Keys.messageId}", "--s3-endpoint",
                "http://127.0.0.1:1", "--events", "INSERT",
            ]
            let deleting = ["--handler", "delete", "--staging", StoryTables.staging]
            let telling = ["--on-failure", "file:\(folder)/failed"]
            for (arguments, type) in [
                (objects, "would-send"), (deleting, "would-delete"),
                (deleting + ["--delete-mode", "item"], "would-delete"),
            ] {
                for _ in 0..<2 {
                    let result = try await ToolProcess.run(options + arguments + telling + ["--dry-run"])
                    #expect(result.status == 0, "\(result.errors)")
                    #expect(
                        result.errors.contains("Dry run: nothing is deleted and the stored position does not move.")
                    )
                    let lines = try result.objects()
                    #expect(lines.contains { $0["type"] as? String == type })
                    let summary = try #require(lines.last)
                    #expect(summary["records"] as? Int == 40)
                    #expect(summary["errors"] as? Int == 0)
                    #expect(summary["items_deleted"] as? Int == 0)
                    #expect((summary["requests"] as? [String: Any])?.isEmpty == true)
                }
            }
            #expect(try await pipeline.stagingItems() == 40)
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/failed"))
            for _ in 0..<2 {
                for (arguments, operation) in [
                    (["--dry-run", "--handler", "command", "--", script], "command"),
                    (["--dry-run"] + function, "Invoke"),
                ] {
                    let result = try await ToolProcess.run(options + arguments)
                    #expect(result.status == 0, "\(result.errors)")
                    let plans = try result.objects().filter { $0["type"] as? String == "would-send" }
                    #expect(plans.allSatisfy { $0["operation"] as? String == operation })
                    let events = plans.flatMap { $0["requests"] as? [[String: Any]] ?? [] }
                    #expect(events.compactMap { ($0["Records"] as? [Any])?.count }.reduce(0, +) == 40)
                }
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/mark"))
        }
    }

    // MARK: - function and delete-objects

    @Test func aFunctionGetsEveryRecord() async throws {
        try await Self.withPipeline(messages: 250) { _, options, _ in
            let ids = Mutex<[String]>([])
            try await ScriptedServer.run { request, body in
                #expect(request.uri.path == "/2015-03-31/functions/function/invocations")
                let new = try Self.records(body).compactMap { $0["eventID"] as? String }
                ids.withLock { $0 += new }
                return ScriptedServer.response("null")
            } _: { endpoint in
                let result = try await ToolProcess.run(
                    options + [
                        "--handler", "function", "--function", "function", "--function-endpoint", endpoint.url, "--yes",
                    ]
                )
                #expect(result.status == 0, "\(result.errors)")
                #expect(try result.lastObject()["records"] as? Int == 250)
            }
            let seen = ids.withLock { $0 }
            #expect(seen.count == 250 && Set(seen).count == 250)
        }
    }

    @Test func objectsThatTheStreamNamesAreDeleted() async throws {
        try await Self.withPipeline(messages: 30) { _, options, _ in
            let keys = Mutex<[String]>([])
            try await ScriptedServer.run { request, body in
                #expect(request.uri.description == "/files?delete")
                let names = XMLElements.all("Key", in: body).map { String(decoding: $0, as: UTF8.self) }
                keys.withLock { $0 += names }
                return ScriptedServer.response("<DeleteResult/>")
            } _: { endpoint in
                let result = try await ToolProcess.run(
                    options + [
                        "--handler", "delete-objects", "--bucket", "files", "--key", "in/{Keys.messageId}", "--events",
                        "INSERT", "--s3-endpoint", endpoint.url, "--yes",
                    ]
                )
                #expect(result.status == 0, "\(result.errors)")
            }
            let seen = keys.withLock { $0 }
            #expect(Set(seen).count == 30)
            #expect(seen.allSatisfy { $0.hasPrefix("in/") && $0.count > 3 })
        }
    }

    // MARK: - Arguments

    /// Option and reason are named, nothing has begun, and the exit code is 2.
    @Test(arguments: [
        (["--handler", "command"], ["--handler command -- PROGRAM"]),
        (["--handler", "function"], ["--function <name>"]),
        (["--handler", "delete-objects", "--bucket", "b"], ["--key <template>"]),
        (["--function", "f"], ["--function <name> needs --handler function", "observing"]),
        (["--handler", "command", "--function", "f", "--", "x"], ["--function <name> needs --handler function"]),
        (["--handler", "function", "--function", "f", "--", "x"], ["two dashes needs --handler command"]),
        (["--handler", "function", "--function", "a b"], ["'a b'", "arn:aws:lambda:"]),
        (["--handler-env", "A=b"], ["--handler-env", "--handler command"]),
        (["--handler", "command", "--handler-timeout", "25h", "--", "x"], ["--handler-timeout", "'25h'", "to 24h"]),
        (
            ["--handler", "delete-objects", "--bucket", "b", "--key", "{Image.a}"],
            ["--key <template>", "{OldImage.name}"]
        ),
        (
            ["--handler", "function", "--function", "f", "--function-endpoint", "localhost:9000"],
            ["--function-endpoint", "http://"]
        ),
        (
            ["--handler", "command", "--on-failure-endpoint", "http://u:p@host", "--", "x"],
            ["--on-failure-endpoint", "user name"]
        ),
        (["--s3-endpoint", "ftp://host"], ["--s3-endpoint", "http://"]),
        (["--bucket-region", "evil.com/"], ["--bucket-region", "'evil.com/'", "eu-central-1"]),
        (["--on-failure", "file:x"], ["--on-failure <destination> needs a handler"]),
        (
            ["--handler", "command", "--on-failure", "arn:aws:sqs:us-east-1:123456789012:q.fifo", "--", "x"],
            ["--on-failure", "FIFO queues are not supported"]
        ),
        (["--handler", "command", "--on-failure", "x", "--", "x"], ["--on-failure", "file:PATH"]),
    ])
    func wrongInputIsNamed(arguments: [String], facts: [String]) async throws {
        let result = try await ToolProcess.run(["run", "--table", "T"] + arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        for fact in facts { #expect(result.errors.contains(fact), "\(result.errors)") }
    }

    @Test func aHandlerThatWritesIsRefusedToAReadOnlyMonitor() async throws {
        let result = try await ToolProcess.run([
            "monitor", "--table", "T", "--read-only", "--handler", "function", "--function", "f",
        ])
        #expect(result.status == 2)
        #expect(result.errors.contains("--read-only and --handler function exclude each other"))
    }
}
