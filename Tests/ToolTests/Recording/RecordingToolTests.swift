// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Looking into recordings on the command line", .timeLimit(.minutes(2)))
struct RecordingToolTests {
    @Test func infoSaysWhatASessionWas() async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run(["recording", "info", recorded.path])
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "file        \(recorded.path)")
        #expect(lines[1] == "table       Orders, NEW_AND_OLD_IMAGES, eu-central-1")
        for line in [
            "session     2026-11-21T08:43:18.000Z to 2026-11-21T08:44:22.000Z, 1m04s", "state       complete",
            "ended       done", "records     3 records in 2 batches", "markers     1", "gaps        0", "losses      0",
            "format      3.1, begun by weir test", "redaction   none",
        ] {
            #expect(lines.contains(line), "\(line) in \(result.output)")
        }
        let json = try await ToolProcess.run(["recording", "info", recorded.path, "--json"])
        let object = try json.lastObject()
        #expect(object["records"] as? Int == 3 && object["state"] as? String == "complete")
        #expect(object["duration_ms"] as? Int == 64_000)
    }

    @Test func aFileWhoseWriterIsGoneIsSaidToBeCutOff() async throws {
        let recorded = try await RecordedOrders(isFinished: false)
        let copy = "\(recorded.folder.path)/killed.weir"
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: recorded.path + suffix, toPath: copy + suffix)
        }
        let growing = try await ToolProcess.run(["recording", "info", recorded.path])
        #expect(growing.status == 0 && growing.output.contains("state       is being written"))
        let killed = try await ToolProcess.run(["recording", "info", copy, "--json"])
        #expect(try killed.status == 0 && killed.lastObject()["state"] as? String == "cut-off")
        let verified = try await ToolProcess.run(["recording", "verify", copy])
        #expect(verified.status == 0 && verified.output.contains("whole: 10 events"), "\(verified.output)")
    }

    @Test func verifySaysWhereAFileIsDamagedAndExitsWithThree() async throws {
        let recorded = try await RecordedOrders()
        let whole = try await ToolProcess.run(["recording", "verify", recorded.path])
        #expect(whole.status == 0)
        #expect(
            whole.output.hasPrefix("\(recorded.path): whole: 10 events, 3 records in 2 batches, "),
            "\(whole.output)"
        )
        try Self.change(recorded.path, "UPDATE batch SET data = x'00' WHERE batch = 2")
        let damaged = try await ToolProcess.run(["recording", "verify", recorded.path])
        #expect(damaged.status == 3)
        #expect(
            damaged.output.hasPrefix(
                "\(recorded.path): batch 2 at 2026-11-21T08:44:19.000Z: its records are missing, or not what their checksum"
            ),
            "\(damaged.output)"
        )
        #expect(damaged.output.contains("damaged in 1 place; whole are 9 events, 2 records in 1 batch"))
        let json = try await ToolProcess.run(["recording", "verify", recorded.path, "--json"])
        let object = try json.lastObject()
        #expect(json.status == 3 && object["whole"] as? Bool == false)
        let damages = object["damages"] as? [[String: Any]]
        #expect(damages?.first?["place"] as? String == "batch" && damages?.first?["batch"] as? Int == 2)
    }

    @Test func dumpPrintsEveryEventAndTheRecordsIfAskedFor() async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run(["recording", "dump", recorded.path, "--records"])
        #expect(result.status == 0, "\(result.errors)")
        let types = try result.objects().map { $0["type"] as? String }
        #expect(
            types == [
                "start", "read", "batch-formed", "record", "record", "batch", "checkpoint", "marker", "batch-formed",
                "record", "error", "batch", "end",
            ]
        )
        #expect(
            result.output.contains(
                #"{"v":1,"type":"checkpoint","at":"2026-11-21T08:43:20.000Z","shard":"shardId-1","position":"200"}"#
            )
        )
    }

    @Test(arguments: [
        (["--from", "30"], ["marker", "batch-formed", "error", "batch", "end"]),
        (["--to", "1s"], ["start", "read", "batch-formed"]),
        (["--from", "0:02", "--to", "50%"], ["batch", "checkpoint", "marker"]),
        (["--from", "-2s"], ["error", "batch", "end"]),
        (["--from", "@2026-11-21T08:44:21", "--to", "end"], ["batch", "end"]),
        (["--from", "batch 2", "--to", "batch 2"], ["batch-formed"]),
    ])
    func aPartIsChosenByTimeShareOrBatch(options: [String], types: [String]) async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run(["recording", "dump", recorded.path] + options)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.objects().map { $0["type"] as? String } == types)
    }

    @Test func dumpGoesOnBehindADamageAndExitsWithThree() async throws {
        let recorded = try await RecordedOrders()
        try Self.change(recorded.path, "UPDATE event SET at = at + 1 WHERE sequence = 6")
        let result = try await ToolProcess.run(["recording", "dump", recorded.path])
        #expect(result.status == 3)
        #expect(result.errors.contains("damaged in 1 place"))
        let types = try result.objects().map { $0["type"] as? String }
        #expect(types.count == 10 && types[5] == "damage" && types.last == "end")
    }

    /// A recording comes from anywhere: nothing in it reaches a terminal as more than text.
    @Test(arguments: [
        ["recording", "info"], ["recording", "info", "--json"], ["recording", "dump", "--records"],
        ["export", "--format", "lambda-event"], ["export", "--format", "json"],
        ["export", "--format", "dynamodb-json"],
        ["export", "--format", "asciicast"],
    ])
    func whatIsInARecordingDoesNothingToATerminal(words: [String]) async throws {
        let hostile = "x\u{1B}[2J\u{9B}2J\u{202E}\u{7F}"
        let recorded = try await RecordedOrders(customer: hostile, marker: hostile, reason: hostile)
        let result = try await ToolProcess.run(words + [recorded.path])
        #expect(result.status == 0, "\(result.errors)")
        let isHarmless = (result.output + result.errors).unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || ![.control, .format].contains(scalar.properties.generalCategory)
        }
        #expect(isHarmless, "\(result.output)")
    }

    @Test(arguments: [
        (["info", "FOLDER/none"], "There is no file"), (["verify", "FOLDER"], "is a folder"),
        (["dump", "FILE", "--from", "noon"], "'noon' is invalid for '--from <place>': 12:31, "),
        (["dump", "FILE", "--from", "batch 9"], "there is no batch 9"),
        (["dump", "FILE", "--from", "60", "--to", "30"], "--from is 2026-11-21T08:44:18.000Z, which is after --to"),
    ])
    func aWrongInputIsNamedAndExitsWithTwo(arguments: [String], message: String) async throws {
        let recorded = try await RecordedOrders()
        let words = arguments.map {
            $0.replacing("FILE", with: recorded.path).replacing("FOLDER", with: recorded.folder.path)
        }
        let result = try await ToolProcess.run(["recording"] + words)
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    /// Changes a recording behind its back.
    static func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
