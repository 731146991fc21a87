// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import Foundation
import GRDB
import SessionRecording
import StreamSession
import TestSupport
import Testing

@testable import weir

/// Recordings in parts, and such that go on, as the program makes them.
@Suite("Options of --record", .timeLimit(.minutes(3)))
struct RecordingOptionsToolTests {
    @Test(arguments: [
        (["--record-max-size", "10MB"], "it needs --record <file>"), (["--record-append"], "it needs --record <file>"),
        (["--redact", "values"], "--redact is about what a recording leaves out: it needs --record <file>"),
        (["--record", "x.weir", "--record-keep-parts", "2"], "--record-max-size <size>"),
        (["--record", "x.weir", "--record-append", "--record-max-size", "10MB"], "exclude each other"),
        (["--record", "x.weir", "--record-max-size", "10"], "500MB, 512MiB or 1GiB is accepted, from 1MB to 1TB"),
        (["--record", "x.weir", "--record-max-size", "1.5GB"], "500MB, 512MiB or 1GiB is accepted"),
        (["--record", "x.weir", "--record-max-size", "10MB", "--record-keep-parts", "0"], "from 1 to 1000000"),
    ])
    func aWrongInputIsNamedAndExitsWithTwo(options: [String], message: String) async throws {
        let result = try await ToolProcess.run(["demo", "--headless"] + options)
        #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    }

    /// On the dashboard it holds for the key that begins a recording; elsewhere nothing would come of it.
    @Test func aRedactionOfNoRecordingIsSaidToBeNone() async throws {
        for command in [
            ["run", "--table", "T"], ["replay", "x.weir", "--all", "--handler", "delete", "--staging", "S"],
        ] {
            let result = try await ToolProcess.run(command + ["--redact", "values"])
            #expect(result.status == 2 && result.errors.contains("it needs --record <file>"), "\(result.errors)")
        }
        let blind = try await ToolProcess.run(["demo", "--for", "200ms", "--redact", "values"])
        #expect(blind.status == 0 && blind.errors.contains("weir: --redact is not used: "), "\(blind.errors)")
        let kept = try await ToolProcess.run(["demo", "--for", "200ms"])
        #expect(!kept.errors.contains("--redact"), "\(kept.errors)")
    }

    @Test(arguments: [
        ("1", 1), ("10MB", 10_000_000), ("512MiB", 512 << 20), ("1GiB", 1 << 30), ("2TB", 2_000_000_000_000),
        ("3kB", 3000),
    ])
    func eachFormOfASizeIsRead(text: String, bytes: Int) {
        #expect(SizeArgument(text)?.bytes == bytes)
        #expect(SizeArgument(bytes).description.isEmpty == false)
        #expect(SizeArgument(SizeArgument(bytes).description)?.bytes == bytes)
    }

    @Test(arguments: ["", "MB", "-1MB", "1.5GB", "1 MB", "10Mb", "99999999999999TiB", "٣MB"])
    func anythingElseIsNoSize(text: String) {
        #expect(SizeArgument(text) == nil)
    }

    /// Runs twice over one stream; the second run goes on in the file of the first.
    @Test func aRunGoesOnInTheFileOfTheOneBefore() async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 60, seed: 7)
            let file = "\(folder.path)/session.weir"
            let run = [
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "none", "--until-idle", "300ms", "--batch-size", "20", "--record",
                file,
            ]
            #expect(try await ToolProcess.run(run + ["--record-append"]).status == 0)
            let again = try await ToolProcess.run(run)
            #expect(again.status == 2 && again.errors.contains("is there already"), "\(again.errors)")
            #expect(again.errors.contains("--record-append"), "\(again.errors)")
            let other = try await ToolProcess.run(run + ["--record-append", "--pipeline", "other"])
            #expect(other.status == 2 && other.errors.contains("record to another file"), "\(other.errors)")
            let second = try await ToolProcess.run(run + ["--record-append"])
            #expect(second.status == 0, "\(second.errors)")
            let summary = try RecordingReader(path: file).summary()
            #expect(summary.records == 120 && summary.resumptions == 1 && summary.completeness == .complete)
            #expect(try RecordingReader(path: file).verify().isWhole)
            let dump = try await ToolProcess.run(["recording", "dump", file])
            #expect(try dump.objects().count { $0["type"] as? String == "resumed" } == 1)
            let info = try await ToolProcess.run(["recording", "info", file])
            #expect(info.output.contains("runs        2"), "\(info.output)")
        }
    }

    @Test func infoNamesTheOtherParts() async throws {
        let recorded = try await RecordedOrders()
        let info = try await ToolProcess.run(["recording", "info", recorded.path])
        #expect(!info.output.contains("part "))
        let second = "\(recorded.folder.path)/session.2.weir"
        for (path, part) in [(recorded.path, 1), (second, 2)] {
            if part == 2 { try FileManager.default.copyItem(atPath: recorded.path, toPath: path) }
            let queue = try DatabaseQueue(path: path)
            try await queue.write { database in
                try database.execute(
                    sql: "INSERT OR REPLACE INTO header VALUES ('session', 'ab'), ('part', ?)",
                    arguments: ["\(part)"]
                )
                if part == 1 { try database.execute(sql: "INSERT INTO header VALUES ('continued', '1')") }
            }
            try queue.close()
        }
        let first = try await ToolProcess.run(["recording", "info", recorded.path])
        #expect(
            first.output.contains("1, and the session goes on in the next; beside it: \(second)"),
            "\(first.output)"
        )
        let json = try await ToolProcess.run(["recording", "info", second, "--json"]).lastObject()
        #expect(json["part"] as? Int == 2 && json["other_parts"] as? [String] == [recorded.path])
    }
}
