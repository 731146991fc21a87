// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBModel
import Foundation
import StreamSession
import TestSupport

/// A stream of some records, and the program over it with one attempt for each batch.
struct GivenUpRun {
    let pipeline: DemoPipeline
    let folder: String

    /// Makes a table with so many records in its stream.
    static func with(
        records: Int,
        _ body: @escaping @Sendable (GivenUpRun) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: records, seed: 7)
            try await body(GivenUpRun(pipeline: pipeline, folder: folder.path))
        }
    }

    /// Runs the program; each run begins at the first record.
    func run(
        _ options: [String],
        table: String = StoryTables.messages,
        environment: [String: String] = [:]
    ) async throws -> ToolProcess.Result {
        try await ToolProcess.run(
            [
                "run", "--endpoint-url", self.pipeline.endpoint, "--table", table, "--starting-position",
                "TRIM_HORIZON", "--checkpoint-file", "none", "--until-idle", "300ms", "--maximum-retry-attempts", "0",
                "--yes",
            ] + options,
            environment: ToolProcess.environment(environment)
        )
    }

    /// Options of a program that is the given shell script.
    func script(_ text: String) throws -> [String] {
        let path = "\(self.folder)/handler"
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return ["--handler", "command", "--", path]
    }
}

extension ToolProcess.Result {
    /// The lines of a type.
    func lines(_ type: String) throws -> [[String: Any]] {
        try self.objects().filter { $0["type"] as? String == type }
    }
}
