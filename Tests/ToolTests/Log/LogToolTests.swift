// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import Foundation
import StreamSession
import TestSupport
import Testing

/// The log of the real program.
@Suite("The log", .timeLimit(.minutes(4)))
struct LogToolTests {
    private static func withPipeline(
        messages: Int,
        _ body: @escaping @Sendable (_ options: [String], _ folder: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: messages, seed: 7)
            let options = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "none", "--until-idle", "300ms",
            ]
            try await body(options, folder.path)
        }
    }

    private static func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
        }
    }

    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func aLogFileIsForItsOwnerAloneWhoeverMadeIt() async throws {
        try await Self.withPipeline(messages: 5) { options, folder in
            for (name, content) in [("new", nil), ("old", "a line\n")] as [(String, String?)] {
                let path = "\(folder)/\(name)"
                if let content {
                    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
                    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
                }
                let result = try await ToolProcess.run(options + ["--log-file", path])
                #expect(result.status == 0, "\(result.errors)")
                #expect(try Self.mode(path) == 0o600)
                let log = try String(contentsOfFile: path, encoding: .utf8)
                #expect(log.hasPrefix(content ?? "20"))
                #expect(log.contains(" debug engine the session begins handler=observe "))
            }
            // A device stays as it is.
            let before = try Self.mode("/dev/null")
            #expect(try await ToolProcess.run(options + ["--log-file", "/dev/null"]).status == 0)
            #expect(try Self.mode("/dev/null") == before)
        }
    }

    @Test func eachComponentHasItsLevel() async throws {
        try await Self.withPipeline(messages: 5) { options, folder in
            func components(_ levels: String) async throws -> [String: Set<String>] {
                let path = "\(folder)/\(levels)"
                let log = ["--log-file", path, "--log-format", "json", "--log-level", levels]
                #expect(try await ToolProcess.run(options + log).status == 0)
                let lines = try Self.objects((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
                let pairs = lines.compactMap { line -> (String, String)? in
                    guard let component = line["component"] as? String, let level = line["level"] as? String else {
                        return nil
                    }
                    return (component, level)
                }
                return Dictionary(pairs.map { ($0.0, [$0.1]) }) { $0.union($1) }
            }
            let engine = try await components("info,engine=debug")
            #expect(engine == ["engine": ["debug"]])
            let both = try await components("debug,client=trace")
            #expect(both == ["engine": ["debug"], "client": ["trace"]])
            let neither = try await components("warning")
            #expect(neither == [:])
        }
    }

    @Test func recordsAreInTheLogOnlyWhenAskedForAndTheirValuesOnlyWhenAskedForAsWell() async throws {
        try await Self.withPipeline(messages: 40) { options, folder in
            func log(_ more: [String]) async throws -> String {
                let path = "\(folder)/log\(more.joined())"
                let log = ["--log-file", path, "--log-format", "json", "--log-level", "trace"]
                #expect(try await ToolProcess.run(options + log + more).status == 0)
                return try String(contentsOfFile: path, encoding: .utf8)
            }
            func records(_ text: String) throws -> [[String: Any]] {
                try Self.objects(text).filter { $0["message"] as? String == "record" }
                    .compactMap { ($0["metadata"] as? [String: Any])?["record"] as? [String: Any] }
            }
            let without = try await log([])
            #expect(!without.contains("msg-"))
            #expect(try records(without).isEmpty)

            let redacted = try await log(["--trace-records"])
            #expect(!redacted.contains("msg-"))
            let traced = try records(redacted)
            #expect(traced.count == 40)
            #expect(traced.allSatisfy { ($0["keys"] as? String)?.hasPrefix("createdAt N(13), messageId S(") == true })

            let whole = try await log(["--trace-records", "--trace-values"])
            let values = try records(whole)
            #expect(values.count == 40)
            #expect(values.allSatisfy { ($0["new"] as? String)?.contains(#""messageId":{"S":"msg-"#) == true })
        }
    }

    @Test func standardErrorTakesTheLogAndTheOutputStaysAsItIs() async throws {
        try await Self.withPipeline(messages: 5) { options, _ in
            let result = try await ToolProcess.run(options + ["--log-file", "-", "--log-level", "info,engine=debug"])
            #expect(result.status == 0)
            #expect(result.errors.contains(" debug engine the session has ended "))
            #expect(try result.lastObject()["records"] as? Int == 5)
            #expect(try result.objects().allSatisfy { $0["type"] is String })
        }
    }

    @Test func aLogThatCannotBeWrittenIsToldBeforeAnythingBegins() async throws {
        let result = try await ToolProcess.run(["run", "--table", "T", "--log-file", "/nonexistent/log"])
        #expect(result.status == 1)
        #expect(result.errors.contains("cannot write to /nonexistent/log"))
    }

    @Test func theDemoLogsAllItsParts() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/log"
        let result = try await ToolProcess.run([
            "demo", "--headless", "--preload", "--records", "50", "--log-file", path, "--log-level", "trace",
            "--trace-records",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let log = try String(contentsOfFile: path, encoding: .utf8)
        for line in [
            " trace endpoint a request was answered ", " trace client a call was answered ", " debug engine ",
            " trace handler record ",
        ] {
            #expect(log.contains(line), "\(line)")
        }
    }
}
