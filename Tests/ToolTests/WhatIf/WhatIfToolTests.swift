// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite("weir what-if", .timeLimit(.minutes(4)))
struct WhatIfToolTests {
    private let folder: TemporaryFolder
    private let file: String

    init() throws {
        self.folder = try TemporaryFolder()
        self.file = "\(self.folder.path)/session.weir"
    }

    /// Records a session of the real engine, handler and endpoint.
    private func record(_ options: [String] = ["--delete-mode", "batch"], records: Int = 330) async throws {
        let result = try await ToolProcess.run(
            ["demo", "--preload", "--records", "\(records)", "--shards", "1", "--seed", "7", "--record", self.file]
                + options
        )
        #expect(result.status == 0, "\(result.errors)")
    }

    /// Records a session that only looks on.
    private func observe(_ options: [String] = []) async throws {
        let file = self.file
        try await GivenUpRun.with(records: 40) { run in
            let result = try await run.run(["--record", file] + options)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    private func whatIf(_ options: [String] = []) async throws -> ToolProcess.Result {
        try await ToolProcess.run(["what-if", self.file] + options)
    }

    @Test func theSettingsOfTheSessionGiveItsBatches() async throws {
        try await self.record(["--batch-size", "25", "--delete-mode", "batch", "--batch-window", "0"])
        let result = try await self.whatIf(["--json"])
        #expect(result.status == 0)
        #expect(result.errors == "")
        let session = try #require(try result.objects().first)
        let row = try result.lastObject()
        #expect(session["type"] as? String == "what-if-session")
        #expect(session["records"] as? Int == 330)
        #expect(row["type"] as? String == "what-if")
        #expect(row["recorded"] as? Bool == true)
        #expect(row["invocations"] as? Int == session["recorded_batches"] as? Int)
        #expect(row["requests"] as? Int == row["invocations"] as? Int)
        #expect(row["write_capacity_units"] as? Double == 330)
    }

    @Test func everyValueIsCombinedWithEveryOtherAndShownInOneTable() async throws {
        try await self.record()
        let options = ["--batch-size", "10,100", "--batch-window", "0,5", "--delete-mode", "item,batch"]
        let result = try await self.whatIf(options)
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines[0].contains("330 records of 1 shard"))
        for head in [
            "batch size", "window", "factor", "delete", "invocations", "requests", "added p99", "WCU", "$/month",
        ] {
            #expect(lines[1].contains(head))
        }
        #expect(lines[2...9].allSatisfy { $0.contains("item") || $0.contains("batch") })
        #expect(lines.last?.contains("estimate") == true)
        // No chart where there is no terminal, unless it is asked for.
        #expect(!result.output.contains("#"))
        #expect(try await self.whatIf(options + ["--chart"]).output.contains("#"))
    }

    @Test func theSameFileAndOptionsGiveTheSameOutput() async throws {
        try await self.record()
        let options = ["--batch-size", "1,7,50", "--parallelization-factor", "1,4", "--json"]
        let first = try await self.whatIf(options)
        #expect(try first.objects().count == 7)
        #expect(try await self.whatIf(options).output == first.output)
    }

    @Test func valuesSeparatedByCommasHaveAHeadAndARowEach() async throws {
        try await self.record()
        let lines = try await self.whatIf(["--batch-size", "10,100", "--csv"]).output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines[0].hasPrefix("batch_size,batch_window_ms,parallelization_factor,delete_mode,invocations,requests")
        )
        #expect(lines[1].hasPrefix("10,"))
        #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }).count == 1)
    }

    @Test func theCheapestWithinTheBoundIsMarked() async throws {
        try await self.record()
        let options = ["--batch-size", "10,100", "--handler-time", "50ms", "--latency-bound"]
        let rows = try await self.whatIf(options + ["1h", "--json"]).objects().dropFirst()
        #expect(rows.map { $0["best"] as? Bool } == [false, true])
        #expect(try await self.whatIf(options + ["1h"]).output.contains("* the cheapest"))
        #expect(try await self.whatIf(options + ["1ms"]).output.contains("With none of these settings"))
    }

    @Test func aSessionThatDeletedNothingNeedsATimeToDelete() async throws {
        try await self.observe()
        let refused = try await self.whatIf(["--delete-mode", "batch"])
        #expect(refused.status == 2)
        #expect(refused.errors.contains("--handler-time measured"))
        #expect(refused.errors.contains("--handler-time 50ms"))
        #expect(try await self.whatIf(["--delete-mode", "batch", "--handler-time", "50ms"]).status == 0)
        let observed = try await self.whatIf()
        #expect(observed.status == 0)
        #expect(!observed.output.contains("WCU"))
    }

    @Test func aSessionWithoutRecordsIsRefused() async throws {
        try await self.observe(["--events", "REMOVE"])
        let result = try await self.whatIf()
        #expect(result.status == 2)
        #expect(result.errors.contains("session.weir: No record was handed to a handler"))
    }

    @Test func whatIsNoRecordingIsRefused() async throws {
        let missing = try await self.whatIf()
        #expect(missing.status == 2)
        #expect(missing.errors.contains("There is no file"))
        try Data("a text that is longer than the head of a database file, and none".utf8)
            .write(to: URL(fileURLWithPath: self.file))
        let text = try await self.whatIf()
        #expect(text.status == 2)
        #expect(text.errors.contains("is not a recording"))
    }

    @Test func aDamagedRecordingIsRefused() async throws {
        try await self.record()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: self.file))
        let size = try handle.seekToEnd()
        // Behind the pages that say what the file is.
        try handle.seek(toOffset: size / 2)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size / 4)))
        try handle.close()
        let result = try await self.whatIf()
        #expect(result.status == 3)
        #expect(result.errors.contains("is damaged"))
        #expect(result.output == "")
    }
}
