// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// A moto server, an emulator of AWS by others, as a subprocess on a free port.
package enum MotoServer {
    /// The Python that has moto: `WEIR_TEST_PYTHON`, else the one in the package's own virtual environment.
    package static var python: String? {
        if let path = ProcessInfo.processInfo.environment["WEIR_TEST_PYTHON"], !path.isEmpty { return path }
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let path = folder.appendingPathComponent(".venv/bin/python").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// Whether its absence is a failure.
    package static var isRequired: Bool { ProcessInfo.processInfo.environment["WEIR_REQUIRE_INTEROP"] == "1" }

    /// It did not begin to listen.
    package struct DidNotStart: Error, CustomStringConvertible {
        /// What it printed.
        package var description: String
    }

    // Ends when its standard input does, so that it cannot outlive the tests, whatever happens to them.
    private static let program = """
        import os, sys, threading
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        from moto.server import main
        main(["-H", "127.0.0.1", "-p", "0"])
        """

    /// Runs a server while a body runs, and gives it the server's URL.
    package static func run(python: String, _ body: (String) async throws -> Void) async throws {
        let input = Pipe()
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", Self.program]
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        let (chunks, continuation) = AsyncStream<Data>.makeStream()
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { continuation.finish() } else { continuation.yield(data) }
        }
        try ProgramRun.start(process)
        defer {
            output.fileHandleForReading.readabilityHandler = nil
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
        var text = ""
        for await chunk in chunks {
            text += String(decoding: chunk, as: UTF8.self)
            guard let start = text.range(of: "Running on http://"), text[start.upperBound...].contains("\n") else {
                continue
            }
            let address = text[start.upperBound...].prefix { !$0.isWhitespace }
            try await body("http://\(address)")
            return
        }
        throw DidNotStart(description: "moto did not start: \(text.suffix(500))")
    }
}
