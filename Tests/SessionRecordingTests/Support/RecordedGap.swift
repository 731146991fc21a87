// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession
import TestSupport
import Testing

/// A session that its recorder could not follow at times.
struct RecordedGap {
    let folder: TemporaryFolder
    let path: String
    /// Events that are missing from the file.
    let missing: Int
    /// The live state at the end.
    let state: SessionState

    init(seed: UInt64 = 6) async throws {
        var script = SessionScript(seed: seed)
        self.folder = try TemporaryFolder()
        self.path = "\(self.folder.path)/session.weir"
        let recorder = try SessionRecorder(
            path: self.path,
            header: RecordingHeader(startedAt: script.clock.now, toolVersion: "test")
        )
        var frames = script.hub.frames(bufferLimit: 4).makeAsyncIterator()
        script.begin()
        await recorder.take(try #require(await frames.next()))
        for _ in 0..<50 { script.step() }
        script.hub.finish()
        while let frame = await frames.next() { await recorder.take(frame) }
        await recorder.finish()
        self.missing = await recorder.progress.missing
        self.state = script.hub.state
    }
}
