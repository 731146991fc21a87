// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession
import TestSupport

/// A made-up session in a file, and the states that it had.
struct RecordedScript {
    let folder: TemporaryFolder
    let path: String
    /// The live states by their newest event, of every event.
    private(set) var states: [UInt64: SessionState] = [:]
    /// The live events by their numbers.
    private(set) var events: [UInt64: SessionEvent] = [:]
    /// When each event happened.
    private(set) var times: [UInt64: Timestamp] = [:]
    private(set) var last: UInt64 = 0
    let recorder: SessionRecorder

    // Plays so many steps of the script of a seed, and writes them. A file that is not finished is as its writer leaves it
    // when it is killed.
    init(
        seed: UInt64,
        steps: Int,
        rules: RecordingRules = RecordingRules(),
        retention: SessionRetention = SessionRetention(),
        isFinished: Bool = true
    ) async throws {
        self.folder = try TemporaryFolder()
        self.path = "\(self.folder.path)/session.weir"
        var script = SessionScript(seed: seed, retention: retention)
        self.recorder = try SessionRecorder(
            path: self.path,
            header: RecordingHeader(startedAt: script.clock.now, toolVersion: "test"),
            rules: rules
        )
        var frames = script.hub.frames(bufferLimit: 100_000).makeAsyncIterator()
        var replayed = SessionState(retention: retention)
        // The state before the first event: from here on every event is kept.
        if let first = await frames.next() { await self.recorder.take(first) }
        script.begin()
        for _ in 0..<steps { script.step() }
        script.hub.publish(.ended("done"))
        script.hub.finish()
        while let frame = await frames.next() {
            await self.recorder.take(frame)
            replayed.apply(frame)
            if case .event(let event) = frame { self.events[event.sequence] = event }
            self.states[replayed.lastSequence] = replayed
            if let at = replayed.asOf { self.times[replayed.lastSequence] = at }
            self.last = replayed.lastSequence
        }
        await self.recorder.flush()
        if isFinished { await self.recorder.finish() }
    }
}
