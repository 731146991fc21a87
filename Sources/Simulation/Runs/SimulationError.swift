// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why recorded arrivals cannot be run again.
package struct SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: Hashable, Sendable {
        /// The session holds no record that arrived in it.
        case noArrivals
        /// The session does not say what it is about.
        case noDescription
        /// The settings cannot be run.
        case settings
        /// The session has tumbling windows, and the parallelization factor is above 1.
        case tumblingWindows
        /// The session is longer than can be run again in a useful time.
        case tooLong
        /// The session has nothing to measure handler times by.
        case nothingMeasured
        /// Records can never be delivered: what the session says of its shards contradicts itself.
        case undeliverable
        /// Every task waits for another one.
        case stuck
    }

    /// The kind.
    package var code: Code
    /// What was tried and what to do, for people.
    package var description: String

    /// Creates an error.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
