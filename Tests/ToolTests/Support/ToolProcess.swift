// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The built program as a child process.
struct ToolProcess {
    /// What came of a run.
    struct Result: Sendable {
        /// The exit code; 128 and the signal's number if a signal ended it.
        var status: Int32
        var output: String
        var errors: String

        /// The last line of standard output as JSON.
        func lastObject() throws -> [String: Any] {
            try Self.object(self.output.split(separator: "\n").last ?? "")
        }

        /// All lines of standard output as JSON.
        func objects() throws -> [[String: Any]] {
            try self.output.split(separator: "\n").map(Self.object)
        }

        private static func object(_ line: Substring) throws -> [String: Any] {
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                throw CocoaError(.coderReadCorrupt)
            }
            return object
        }
    }

    /// The program beside the test bundle.
    static let path: String = {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        // On Linux the bundle is the executable; elsewhere it is three folders deep.
        var folder = own.deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent("weir")
            if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath {
                return candidate.path
            }
            folder.deleteLastPathComponent()
        }
        return "weir"
    }()

    /// An environment without anything of the user's.
    static func environment(_ more: [String: String] = [:], home: String = "/nonexistent") -> [String: String] {
        ["PATH": "/usr/bin:/bin", "HOME": home, "TERM": "dumb"].merging(more) { $1 }
    }

    /// Starts the program.
    ///
    /// - Returns: The process and what collects its output.
    static func start(
        _ arguments: [String],
        environment: [String: String] = ToolProcess.environment()
    ) throws -> RunningTool {
        try RunningTool(path: Self.path, arguments: arguments, environment: environment)
    }

    /// Runs the program to its end without blocking a thread of the tests.
    static func run(
        _ arguments: [String],
        environment: [String: String] = ToolProcess.environment()
    ) async throws -> Result {
        try await Self.start(arguments, environment: environment).result()
    }
}

/// A child process whose output goes to files, so that nothing has to be read while it runs.
final class RunningTool: Sendable {
    private let process: LockedProcess
    private let folder: URL

    init(path: String, arguments: [String], environment: [String: String]) throws {
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(self.folder, "output")
        process.standardError = try Self.file(self.folder, "errors")
        self.process = LockedProcess(process)
        try self.process.start()
    }

    deinit {
        try? FileManager.default.removeItem(at: self.folder)
    }

    var processID: Int32 { self.process.processID }

    /// Sends a signal.
    func signal(_ number: Int32) {
        kill(self.processID, number)
    }

    /// What has been written so far.
    var output: String {
        (try? String(contentsOf: self.folder.appendingPathComponent("output"), encoding: .utf8)) ?? ""
    }

    /// Waits for the end.
    func result() async throws -> ToolProcess.Result {
        let status = await self.process.status()
        let errors = try String(contentsOf: self.folder.appendingPathComponent("errors"), encoding: .utf8)
        return ToolProcess.Result(status: status, output: self.output, errors: errors)
    }

    private static func file(_ folder: URL, _ name: String) throws -> FileHandle {
        let url = folder.appendingPathComponent(name)
        _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        return try FileHandle(forWritingTo: url)
    }
}
