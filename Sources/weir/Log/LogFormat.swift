// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How a line of the log is written.
enum LogFormat: String, Hashable, Sendable, CaseIterable, ExpressibleByArgument {
    /// Time, level, component, message, and then `name=value`.
    case text
    /// One object.
    case json
}
