// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

/// One figure a second, oldest first, as a chart shows it.
package struct ChartSeries: Hashable, Sendable {
    /// One second.
    package struct Point: Hashable, Sendable {
        /// The figure; nil where it is missing, which is not zero.
        package var value: Double?
        /// Whether the session was held.
        package var isHeld = false
        /// Whether the sample came late.
        package var isLate = false

        package init(value: Double?, isHeld: Bool = false, isLate: Bool = false) {
            self.value = value
            self.isHeld = isHeld
            self.isLate = isLate
        }
    }

    /// The seconds.
    package var points: [Point]

    /// Creates a series.
    package init(points: [Point]) {
        self.points = points
    }

    /// The complete seconds of a session; the running second is left out, as it is not over.
    package init(_ session: SessionState, _ value: (SecondSample) -> Double?) {
        self.points = session.seconds.map { second in
            Point(value: second.isSampled ? value(second) : nil, isHeld: second.isHeld, isLate: second.isLate)
        }
        if let last = session.seconds.last, session.isRunning(last) { self.points.removeLast() }
    }

    /// The newest figure; nil if it is missing.
    package var current: Double? { self.points.last?.value }
}
