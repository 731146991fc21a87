// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import Foundation
import StreamSession
import TestSupport
import Testing

/// One screen as text, without a terminal.
@Suite("A screen as text", .timeLimit(.minutes(3)))
struct SnapshotToolTests {
    private static let recordings = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("recordings").path
    private static let locale = ToolProcess.environment(["LANG": "C.UTF-8"])

    private static func lines(_ result: ToolProcess.Result, rows: Int, columns: Int) throws -> [String] {
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // Behind the last line is nothing.
        #expect(lines.count == rows + 1 && lines.last?.isEmpty == true, "\(result.output)")
        #expect(lines.allSatisfy { $0.count <= columns && !$0.contains("\u{1B}") })
        return lines
    }

    @Test func aMomentOfARecordingIsPrinted() async throws {
        let play = ["play", "\(Self.recordings)/hot-shard.weir", "--snapshot", "120x40"]
        let result = try await ToolProcess.run(play + ["--at", "batch 80"], environment: Self.locale)
        let lines = try Self.lines(result, rows: 40, columns: 120)
        #expect(lines[0].hasPrefix(" STOPPED 1x   Orders · "), "\(lines[0])")
        for fact in ["┌ 1 Overview", "┌ 2 Shards", "┌ 3 Batches", "┌ 4 Records", "┌ 5 Record", " 56.8%"] {
            #expect(result.output.contains(fact), "\(fact)")
        }
        #expect(
            try await ToolProcess.run(play + ["--at", "batch 80"], environment: Self.locale).output == result.output
        )
        let end = try await ToolProcess.run(play, environment: Self.locale)
        #expect(end.output.contains(" 100.0%") && end.output.contains("the session has ended"), "\(end.output)")
    }

    @Test func aPaneHasTheScreenForItself() async throws {
        let result = try await ToolProcess.run(
            ["play", "\(Self.recordings)/hot-shard.weir", "--snapshot", "120x40", "--pane", "batches"],
            environment: Self.locale
        )
        let lines = try Self.lines(result, rows: 40, columns: 120)
        #expect(lines.contains { $0.contains("3 Batches") } && !lines.contains { $0.contains("2 Shards ──") })
        #expect(lines.count { $0.contains(" ok ") } > 20, "\(result.output)")
    }

    @Test func colorsAreThereForThoseWhoAskForThem() async throws {
        let play = ["play", "\(Self.recordings)/poison-record.weir", "--snapshot", "80x24"]
        let plain = try await ToolProcess.run(play, environment: Self.locale)
        let colored = try await ToolProcess.run(play + ["--color", "always"], environment: Self.locale)
        #expect(!plain.output.contains("\u{1B}") && colored.output.contains("\u{1B}[0;"))
        let text = colored.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "").components(separatedBy: "\n")
        #expect(text.map { $0.replacing(#/ +$/#, with: "") } == plain.output.components(separatedBy: "\n"))
        for options in [["--color", "256"], ["--color", "never"]] {
            #expect(try await ToolProcess.run(play + options, environment: Self.locale).output == plain.output)
        }
    }

    @Test func aLocaleWithoutUnicodeGetsNone() async throws {
        let result = try await ToolProcess.run(
            ["play", "\(Self.recordings)/hot-shard.weir", "--snapshot", "80x24"],
            environment: ToolProcess.environment(["LANG": "C"])
        )
        #expect(result.status == 0 && result.output.utf8.allSatisfy { $0 < 128 })
    }

    @Test func aRunningSessionIsLookedAt() async throws {
        let demo = ["demo", "--rate", "50", "--seed", "3", "--snapshot", "100x30"]
        let timed = try await ToolProcess.run(demo + ["--for", "3s"], environment: Self.locale)
        var lines = try Self.lines(timed, rows: 30, columns: 100)
        #expect(lines[0].hasPrefix(" LIVE ") && lines[0].contains("MessagesTable"), "\(lines[0])")
        #expect(timed.output.contains(" ok "), "\(timed.output)")
        let first = try await ToolProcess.run(demo, environment: Self.locale)
        lines = try Self.lines(first, rows: 30, columns: 100)
        #expect(lines[0].hasPrefix(" LIVE ") && first.output.contains(" ok "), "\(first.output)")
    }

    @Test func aStreamIsLookedAtToo() async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 60, seed: 7)
            let result = try await ToolProcess.run(
                [
                    "monitor", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages,
                    "--starting-position", "TRIM_HORIZON", "--max-records", "60", "--snapshot", "120x40", "--read-only",
                    "--pane", "records",
                ],
                environment: Self.locale
            )
            let lines = try Self.lines(result, rows: 40, columns: 120)
            #expect(lines[0].hasPrefix(" LIVE ") && lines[0].contains("read-only"), "\(lines[0])")
            #expect(result.output.contains("60/60") && result.output.contains("INSERT"), "\(result.output)")
        }
    }

    @Test(arguments: [
        (["play", "x.weir", "--pane", "records"], "--pane chooses what --snapshot <size> prints"),
        (["play", "x.weir", "--snapshot", "10x5"], "'10x5' is invalid for '--snapshot <size>'"),
        (
            ["play", "x.weir", "--snapshot", "80x24", "--pane", "no"],
            "overview, shards, batches, records, record, events"
        ),
        (
            ["play", "x.weir", "--snapshot", "80x24", "--handler", "command", "--", "true"],
            "--snapshot and --handler exclude each other"
        ),
        (["demo", "--headless", "--snapshot", "80x24"], "--headless and --snapshot exclude each other"),
        (["play", "\(Self.recordings)/hot-shard.weir", "--snapshot", "80x24", "--at", "batch 9999"], "--at: "),
    ])
    func aWrongInputIsNamedAndExitsWithTwo(command: [String], message: String) async throws {
        let result = try await ToolProcess.run(command)
        #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
        #expect(result.output.isEmpty)
    }
}
