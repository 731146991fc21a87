// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Synchronization

/// Writes the frames of a session as JSON lines.
final class SessionLineWriter: Sendable {
    private let output: LineOutput
    private let lines = Mutex(SessionLines())

    init(output: LineOutput) {
        self.output = output
    }

    /// Writes what is told of a frame; false when nobody reads any more.
    func write(_ frame: SessionFrame) -> Bool {
        if let line = self.lines.withLock({ $0.line(for: frame) }) { self.output.json(line) }
        return !self.output.isClosed
    }
}
