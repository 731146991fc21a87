// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import StreamSession

extension RecordingReader {
    /// The state at the end of what is there: what the session was about, and the shards that it has seen.
    ///
    /// - Throws: ``RecordingError``.
    public func finalState() throws(RecordingError) -> SessionState {
        var position = PlaybackPosition(reader: self)
        if let last = try self.extent().last { try position.seek(to: last) }
        var state = position.state
        if state.description == nil { state.description = try self.opening() }
        return state
    }
}
