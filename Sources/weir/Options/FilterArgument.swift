// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine

/// A filter pattern on the command line.
enum FilterArgument {
    /// Compiles a pattern; the error names place and reason.
    @Sendable static func parse(_ text: String) throws -> EventPattern {
        do throws(EventPatternError) {
            return try EventPattern(text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
