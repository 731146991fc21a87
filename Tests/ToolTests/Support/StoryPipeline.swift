// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import StreamSession
import TestSupport

/// A pipeline with so many messages written, and the options that point the program to it.
func withStory(
    messages: Int,
    _ body: @escaping @Sendable (DemoPipeline, _ options: [String], _ folder: String) async throws -> Void
) async throws {
    let folder = try TemporaryFolder()
    let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
    try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
        try await StoryPreloader(api: pipeline.client).load(count: messages, seed: 7)
        let options = [
            "--endpoint-url", pipeline.endpoint, "--table", StoryTables.messages, "--starting-position",
            "TRIM_HORIZON", "--checkpoint-file", "\(folder.path)/positions.sqlite",
        ]
        try await body(pipeline, options, folder.path)
    }
}
