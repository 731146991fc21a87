// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import SessionRecording
import TestSupport
import Testing

/// A report holds what somebody needs who looks for a fault, and nothing that is nobody's business.
@Suite("weir report", .timeLimit(.minutes(3)))
struct ReportToolTests {
    private static let secrets = [
        "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI", "sessiontoken123", "swordfish", "alice", "hunter2", "from-a-pattern",
        "o-1", "/home/somebody",
    ]

    private static let environment = [
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI",
        "AWS_SESSION_TOKEN": "sessiontoken123", "API_PASSWORD": "swordfish", "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "WEIR_BATCH_SIZE": "77", "HOME": "/home/somebody",
    ]

    private static let settings = """
        table = "Orders"
        endpoint-url = "https://user:hunter2@example.com:8000/path?key=swordfish"
        filter = ['{"dynamodb":{"Keys":{"id":{"S":["from-a-pattern"]}}}}']
        handler = "command"
        command = ["./handler", "--password", "hunter2"]
        handler-env = ["MODE=swordfish"]
        """

    private struct Report {
        /// Goes away with what is in it as soon as nobody has it.
        let folder: TemporaryFolder
        let path: String
        let result: ToolProcess.Result
    }

    /// Everything that is in a file, what is deflated in it included.
    private static func text(_ path: String) async throws -> String {
        let dump = try await ToolProcess.run(["recording", "dump", path, "--records"]).output
        let info = try await ToolProcess.run(["recording", "info", path]).output
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) + dump + info
    }

    private static func report(_ options: [String]) async throws -> Report {
        let recorded = try await RecordedOrders()
        let config = "\(recorded.folder.path)/weir.toml"
        try Data(Self.settings.utf8).write(to: URL(fileURLWithPath: config))
        let target = "\(recorded.folder.path)/report.weir"
        let result = try await ToolProcess.run(
            ["report", recorded.path, "--output", target] + options.map { $0.replacing("CONFIG", with: config) },
            environment: Self.environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }
        )
        return Report(folder: recorded.folder, path: target, result: result)
    }

    @Test func aReportIsARecordingWithoutSecrets() async throws {
        let report = try await Self.report(["--config", "CONFIG"])
        #expect(report.result.status == 0, "\(report.result.errors)")
        let text = try await Self.text(report.path)
        for secret in Self.secrets { #expect(!text.contains(secret), "\(secret)") }
        for word in ["example.com:8000/path", "./handler", "MODE", "Orders", "xterm-256color", "= 77"] {
            #expect(text.contains(word), "\(word)")
        }
        let verified = try await ToolProcess.run(["recording", "verify", report.path])
        #expect(verified.status == 0, "\(verified.output)")
        let info = try await ToolProcess.run(["recording", "info", report.path, "--json"]).lastObject()
        let facts = try #require(info["report"] as? [String: String])
        #expect(facts["weir"]?.isEmpty == false && facts["ncurses"]?.hasPrefix("ncurses ") == true)
        #expect(facts["os"]?.contains("Linux") == true || facts["os"]?.contains("Darwin") == true)
        #expect(facts["LANG"] == "C.UTF-8" && facts["HOME"] == nil)
        #expect(info["redaction"] as? String == "values" && info["records"] as? Int == 3)
        let attributes = try FileManager.default.attributesOfItem(atPath: report.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func withAllNoSettingsAreInIt() async throws {
        let report = try await Self.report(["--config", "CONFIG", "--redact", "all"])
        #expect(report.result.status == 0, "\(report.result.errors)")
        let text = try await Self.text(report.path)
        for word in Self.secrets + ["example.com", "123456789012"] { #expect(!text.contains(word), "\(word)") }
    }

    @Test func onlyTheEndIsTakenIfThatIsAskedFor() async throws {
        let report = try await Self.report(["--last", "10s", "--with-values"])
        #expect(report.result.status == 0, "\(report.result.errors)")
        let summary = try RecordingReader(path: report.path).summary()
        #expect(summary.batches == 1 && summary.header.redaction == .none)
        #expect(try await Self.text(report.path).contains("alice"))
    }

    @Test func whatWasChangedInAReportIsNotShown() async throws {
        let report = try await Self.report([])
        let queue = try DatabaseQueue(path: report.path)
        try await queue.write { try $0.execute(sql: "UPDATE report SET value = 'forged' WHERE name = 'os'") }
        try queue.close()
        let info = try await ToolProcess.run(["recording", "info", report.path, "--json"]).lastObject()
        let facts = try #require(info["report"] as? [String: String])
        #expect(facts["os"] == nil && facts["weir"] != nil)
    }

    @Test(arguments: [
        (["--last", "10s", "--from", "start"], "exclude each other"),
        (["--with-values", "--redact", "all"], "exclude each other"),
        (["--config", "none.toml"], "cannot read none.toml"),
        (["--last", "soon"], "a duration such as"),
    ])
    func aWrongInputIsNamedAndExitsWithTwo(options: [String], message: String) async throws {
        let report = try await Self.report(options)
        #expect(report.result.status == 2 && report.result.errors.contains(message), "\(report.result.errors)")
        #expect(!FileManager.default.fileExists(atPath: report.path))
    }
}
