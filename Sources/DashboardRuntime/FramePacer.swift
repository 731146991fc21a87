// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Decides when a picture is drawn.
///
/// What a person does is shown at once. Data waits for the next turn of a steady rate, a new size until nothing more has
/// happened for a moment. While there is nothing to show there is nothing to wait for: no timed wake-ups.
package struct FramePacer: Sendable {
    /// How long a new size must last before it is drawn.
    package static let resizeQuiet = Duration.milliseconds(50)
    /// How long sizes that keep changing can put off a picture.
    package static let resizeLimit = Duration.milliseconds(250)
    /// A picture that takes longer than this to write shows that the line is slow.
    package static let slowFrame = Duration.milliseconds(250)

    private let interval: Duration
    private var lastFrame: Timestamp?
    private var hasData = false
    private var isUrgent = true
    private var resize: (first: Timestamp, last: Timestamp)?
    /// Whether the newest picture took long to write; the rate is halved while it is so.
    package private(set) var isLinkSlow = false

    /// Creates a pacer; the first picture is due at once.
    ///
    /// - Parameter framesPerSecond: How often data is shown at most, 1...30.
    package init(framesPerSecond: Double) {
        self.interval = .seconds(1) / min(max(framesPerSecond, 1), 30)
    }

    /// There is something new in the mailbox.
    package mutating func dataArrived() {
        self.hasData = true
    }

    /// A person did something.
    package mutating func inputArrived() {
        self.isUrgent = true
    }

    /// The screen has another size.
    package mutating func resized(now: Timestamp) {
        self.resize = (self.resize?.first ?? now, now)
    }

    /// A picture was shown, or there was nothing new in it.
    package mutating func drawn(start: Timestamp, end: Timestamp) {
        self.lastFrame = end
        self.hasData = false
        self.isUrgent = false
        self.resize = nil
        self.isLinkSlow = end.since(start) > Self.slowFrame
    }

    /// How long to wait for input: zero if a picture is due, nil if there is none to draw.
    package func wait(now: Timestamp) -> Duration? {
        if let resize {
            let quiet = Self.left(of: Self.resizeQuiet, since: resize.last, now: now)
            return min(quiet, Self.left(of: Self.resizeLimit, since: resize.first, now: now))
        }
        if self.isUrgent { return .zero }
        guard self.hasData else { return nil }
        guard let lastFrame else { return .zero }
        return Self.left(of: self.isLinkSlow ? self.interval * 2 : self.interval, since: lastFrame, now: now)
    }

    /// What is left of a time; nothing if the clock was set back meanwhile.
    private static func left(of duration: Duration, since start: Timestamp, now: Timestamp) -> Duration {
        let elapsed = now.since(start)
        return elapsed < .zero || elapsed >= duration ? .zero : duration - elapsed
    }
}
