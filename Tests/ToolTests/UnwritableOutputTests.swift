// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import Foundation
import StreamSession
import TestSupport
import Testing

/// Output that cannot be written is a failure, and it is said.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), .timeLimit(.minutes(2)))
struct UnwritableOutputTests {
    private static func run(_ arguments: [String]) async throws -> ToolProcess.Result {
        let words = ([ToolProcess.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        return try await RunningTool(
            path: "/bin/bash",
            arguments: ["-c", "\(words) >/dev/full"],
            environment: ToolProcess.environment()
        ).result()
    }

    private static func expectFailure(_ result: ToolProcess.Result) {
        #expect(result.status == 1)
        #expect(
            result.errors.contains("weir: cannot write to standard output: No space left on device"),
            "\(result.errors)"
        )
    }

    @Test(arguments: [
        ["--help"], ["run", "--help"], ["--version"],
        ["demo", "--headless", "--preload", "--records", "20", "--json"],
        ["demo", "--headless", "--preload", "--records", "20"],
        ["demo", "--headless", "--records", "20", "--rate", "1000"],
    ])
    func aFullDeviceEndsItWithAReason(arguments: [String]) async throws {
        Self.expectFailure(try await Self.run(arguments))
    }

    @Test func aTestOfFiltersThatCannotBeToldFails() async throws {
        let folder = try TemporaryFolder()
        try #"{"eventName":"INSERT"}"#.write(toFile: "\(folder.path)/event", atomically: true, encoding: .utf8)
        let arguments = ["filter", "test", "--pattern", #"{"eventName":["INSERT"]}"#, "\(folder.path)/event"]
        Self.expectFailure(try await Self.run(arguments))
    }

    @Test(arguments: [[], ["--json"]])
    func aListOfStreamsThatCannotBeWrittenFails(options: [String]) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            Self.expectFailure(try await Self.run(["streams", "--endpoint-url", pipeline.endpoint] + options))
        }
    }
}
