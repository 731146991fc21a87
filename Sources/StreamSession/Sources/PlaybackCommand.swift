// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// How to move through a recorded session.
public enum PlaybackCommand: Hashable, Sendable {
    /// Play if it stands still, stand still if it plays.
    case toggle
    /// Play so many times as fast as it was; one of ``PlaybackStatus/speeds``.
    case speed(Double)
    /// The next higher speed.
    case faster
    /// The next lower speed.
    case slower
    /// One record on, or back.
    case stepRecord(PlaybackDirection)
    /// One batch on, or back.
    case stepBatch(PlaybackDirection)
    /// So much session time on; back if it is negative.
    case move(Duration)
    /// A share of the whole session, 0 to 1.
    case seekShare(Double)
    /// A moment.
    case seek(Timestamp)
    /// So long behind the beginning; before the end if it is negative.
    case seekOffset(Duration)
    /// The moment at which a batch was formed.
    case seekBatch(BatchID)
    /// The first record with this event id or sequence number, or whose event id begins so.
    case seekRecord(String)
    /// The first marker of this name, whatever its letters' case and spaces.
    case seekMarkerNamed(String)
    /// The next marker, or the one before.
    case seekMarker(PlaybackDirection)
    /// The beginning.
    case first
    /// The end; of a file that is still written the newest moment, from where it goes on.
    case last
    /// Set the beginning of a loop, then its end, then give it up.
    case loop
    /// Pass or play the time in which nothing happens.
    case toggleIdle
}

/// Which way.
public enum PlaybackDirection: Hashable, Sendable {
    /// Towards the end.
    case forward
    /// Towards the beginning.
    case backward
}
