// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Programs of others against the endpoint: boto3 and the AWS CLI.
@Suite(.timeLimit(.minutes(2)))
struct InteropTests {
    private static let python = Python.find()

    @Test(
        .enabled(if: python != nil || Python.isRequired, Python.reason),
        arguments: ["boto3_story.py", "boto3_limits.py", "cli_story.py"]
    )
    func playsTheStory(_ script: String) async throws {
        let python = try #require(Self.python, Python.reason)
        try await EndpointFixture.with(shards: 2) { (endpoint) async throws in
            let (status, output) = try await python.run(script, endpoint.url)
            #expect(status == 0, "\(output)")
            #expect(output.hasSuffix("OK\n"))
        }
    }
}

/// A Python that has boto3 and the AWS CLI.
struct Python: Sendable {
    static let reason: Comment =
        "no Python with boto3 and the AWS CLI: run ./dev test, or name one in WEIR_TEST_PYTHON"

    let path: String

    /// Whether a missing Python is a failure and no reason to leave the test out.
    static var isRequired: Bool {
        ProcessInfo.processInfo.environment["WEIR_REQUIRE_INTEROP"] == "1"
    }

    static func find() -> Python? {
        let named = ProcessInfo.processInfo.environment["WEIR_TEST_PYTHON"]
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = named ?? root.appendingPathComponent(".venv/bin/python").path
        return FileManager.default.isExecutableFile(atPath: path) ? Python(path: path) : nil
    }

    /// Runs a script of the folder Interop; gives its status and all it wrote.
    func run(_ script: String, _ arguments: String...) async throws -> (status: Int32, output: String) {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Interop")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: self.path)
        // -B: no folder of compiled files beside the sources.
        process.arguments = ["-B", folder.appendingPathComponent(script).path] + arguments
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume()
            }
        }
        try handle.close()
        let text = try String(contentsOf: output, encoding: .utf8)
        return (process.processIdentifier == 0 ? -1 : process.terminationStatus, text)
    }
}
