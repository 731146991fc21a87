// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is no file that may be read is named, and that is the usage's fault: exit code 2.
@Suite("Recordings that cannot be read", .timeLimit(.minutes(2)))
struct UnreadableRecordingTests {
    private static let commands = [
        ["play"], ["recording", "info"], ["recording", "verify"], ["recording", "dump"],
        ["recording", "repair", "--output", "/nonexistent/new.weir"], ["export", "--format", "csv"], ["what-if"],
        ["report", "--output", "/nonexistent/new.weir"],
        ["replay", "--all", "--handler", "delete", "--staging", "Staging"],
    ]

    @Test(arguments: Self.commands)
    func aFolderIsNoRecording(command: [String]) async throws {
        let folder = try TemporaryFolder()
        let result = try await ToolProcess.run(command + [folder.path])
        #expect(result.status == 2)
        #expect(result.errors.contains("\(folder.path) is a folder. Name a recording"), "\(result.errors)")
    }

    /// Who is root may read everything.
    @Test(.enabled(if: geteuid() != 0), arguments: Self.commands)
    func aFileOfSomebodyElseIsSaidNotToBeReadable(command: [String]) async throws {
        let recorded = try await RecordedOrders()
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: recorded.path)
        let result = try await ToolProcess.run(command + [recorded.path])
        #expect(result.status == 2)
        #expect(result.errors.contains("You may not read \(recorded.path)"), "\(result.errors)")
    }

    @Test(arguments: Self.commands)
    func anEmptyFileAndAnotherProgramsAreNoRecordings(command: [String]) async throws {
        let folder = try TemporaryFolder()
        for (name, text, message) in [
            ("empty", "", "is empty: nothing was recorded there"), ("text", "some text", "is not a recording of weir"),
        ] {
            let path = "\(folder.path)/\(name)"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let result = try await ToolProcess.run(command + [path])
            #expect(result.status == 2 && result.errors.contains("\(path) \(message)"), "\(result.errors)")
        }
    }
}
