// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import SessionRecording
import TestSupport
import Testing

@testable import weir

@Suite("Recordings made of others on the command line", .timeLimit(.minutes(2)))
struct RewriteToolTests {
    private static func types(_ path: String) async throws -> [String?] {
        try await ToolProcess.run(["recording", "dump", path]).objects().map { $0["type"] as? String }
    }

    @Test func aPartIsARecordingOfItsOwn() async throws {
        let recorded = try await RecordedOrders()
        let target = "\(recorded.folder.path)/part.weir"
        let result = try await ToolProcess.run([
            "recording", "cut", recorded.path, "--from", "30", "--to", "1:01", "--output", target,
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors == "Wrote 2 events to \(target); weir play \(target)\n")
        #expect(try await Self.types(target) == ["marker", "batch-formed"])
        let verified = try await ToolProcess.run(["recording", "verify", target])
        #expect(verified.status == 0, "\(verified.output)")
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func valuesAreLeftOutOfTheNewFile() async throws {
        let recorded = try await RecordedOrders(customer: "geheim")
        let target = "\(recorded.folder.path)/shared.weir"
        let result = try await ToolProcess.run(["recording", "redact", recorded.path, "--output", target])
        #expect(result.status == 0, "\(result.errors)")
        let dump = try await ToolProcess.run(["recording", "dump", target, "--records"])
        #expect(dump.output.contains(#""customer":{"S":"xxxxxx"}"#) && dump.output.contains("event-3"))
        #expect(!dump.output.contains("geheim") && !dump.output.contains(#""o-1""#) && !dump.output.contains("Ulm"))
        let info = try await ToolProcess.run(["recording", "info", target, "--json"])
        #expect(try info.lastObject()["redaction"] as? String == "values")
        let named = "\(recorded.folder.path)/named.weir"
        let second = try await ToolProcess.run([
            "recording", "redact", recorded.path, "--redact", "cust*", "--output", named,
        ])
        #expect(second.status == 0, "\(second.errors)")
        let rest = try await ToolProcess.run(["recording", "dump", named, "--records"])
        #expect(!rest.output.contains("geheim") && rest.output.contains(#""o-1""#) && rest.output.contains("Ulm"))
    }

    @Test func aDamagedFileIsRepairedAndWhatWasLostIsSaid() async throws {
        let recorded = try await RecordedOrders()
        try RecordingToolTests.change(recorded.path, "DELETE FROM batch WHERE batch = 1")
        let target = "\(recorded.folder.path)/whole.weir"
        let result = try await ToolProcess.run(["recording", "repair", recorded.path, "--output", target])
        #expect(result.status == 0)
        #expect(result.errors.contains("was damaged in 1 place; they are gaps now."), "\(result.errors)")
        let verified = try await ToolProcess.run(["recording", "verify", target])
        #expect(verified.status == 0 && verified.output.contains("could not follow 1 event"), "\(verified.output)")
        #expect(try await Self.types(target).contains("gap"))
    }

    @Test func markersOfOthersAreAdded() async throws {
        let recorded = try await RecordedOrders()
        let marked = "\(recorded.folder.path)/theirs.weir"
        try FileManager.default.copyItem(atPath: recorded.path, toPath: marked)
        // The same moment with another word, as somebody else would have marked it.
        let target = "\(recorded.folder.path)/both.weir"
        let same = try await ToolProcess.run([
            "recording", "merge-markers", recorded.path, marked, "--output", target,
        ])
        #expect(same.status == 0 && same.errors.contains("Added 0 markers of 1 marker found."), "\(same.errors)")
        let other = try await RecordedOrders(marker: "theirs")
        let both = "\(recorded.folder.path)/both2.weir"
        let result = try await ToolProcess.run([
            "recording", "merge-markers", recorded.path, marked, other.path, "--output", both,
        ])
        #expect(result.status == 0 && result.errors.contains("Added 1 marker of 2 markers found."), "\(result.errors)")
        let dump = try await ToolProcess.run(["recording", "dump", both])
        let texts = try dump.objects().filter { $0["type"] as? String == "marker" }.map { $0["text"] as? String }
        #expect(Set(texts) == ["half", "theirs"] && texts.count == 2)
    }

    @Test func whatIsLeftOutWhileRecordingWasNeverInTheFile() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        let result = try await ToolProcess.run([
            "demo", "--headless", "--preload", "--records", "50", "--batch-size", "10", "--record", path, "--redact",
            "all",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let dump = try await ToolProcess.run(["recording", "dump", path, "--records"])
        #expect(dump.output.contains(#""type":"record""#) && !dump.output.contains("messageId"))
        let verified = try await ToolProcess.run(["recording", "verify", path])
        #expect(verified.status == 0, "\(verified.output)")
        let info = try await ToolProcess.run(["recording", "info", path])
        #expect(info.output.contains("redaction   all"))
    }

    @Test(arguments: [
        (["cut", "FILE", "--output", "NEW"], "--from or --to is needed"),
        (["cut", "FILE", "--from", "9:00:00", "--output", "NEW"], "Nothing happened in that part"),
        (["cut", "FILE", "--from", "1"], "--output"),
        (["redact", "FILE", "--redact", "a,,b", "--output", "NEW"], "all, values, or names of attributes such as"),
        (["repair", "FILE", "--output", "FILE"], "is there already"),
        (["repair", "FILE", "--output", ""], "'--output <file>': a path is needed"),
        (["merge-markers", "FILE", "none", "--output", "NEW"], "There is no file none"),
        (["merge-markers", "FILE", "--output", "NEW"], "others"),
    ])
    func aWrongInputIsNamedAndExitsWithTwo(arguments: [String], message: String) async throws {
        let recorded = try await RecordedOrders()
        let new = "\(recorded.folder.path)/new.weir"
        let words = arguments.map { $0.replacing("FILE", with: recorded.path).replacing("NEW", with: new) }
        let result = try await ToolProcess.run(["recording"] + words)
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: new))
    }

    /// A recording may be begun later, with a key.
    @Test(arguments: ["demo", "monitor --table Orders"])
    func redactionNeedsNoRecordingToBeginWith(command: String) throws {
        let words = command.split(separator: " ").map(String.init) + ["--redact", "values"]
        let parsed = try WeirCommand.parseAsRoot(words)
        let recording: RecordingArguments? =
            switch parsed {
            case let demo as DemoCommand: demo.recording
            case let monitor as MonitorCommand: monitor.recording
            default: nil
            }
        #expect(recording?.redact == .values)
        #expect(recording?.target == nil)
    }
}
