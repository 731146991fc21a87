// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A running, recorded or distant session, all alike to the viewer.
public protocol SessionSource: Sendable {
    /// The frames: a key frame first, then events in order; a reader that falls behind gets a new key frame.
    associatedtype Frames: AsyncSequence & Sendable where Frames.Element == SessionFrame
    /// What ``perform(_:)`` accepts.
    var capabilities: SessionCapabilities { get }
    /// A reader of its own for each call.
    func frames() -> Frames
    /// Asks for something.
    ///
    /// - Throws: ``SessionCommandError`` if the source cannot do it, now or at all.
    func perform(_ command: SessionCommand) async throws
}
