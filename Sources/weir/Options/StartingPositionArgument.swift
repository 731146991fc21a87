// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine

/// `LATEST` or `TRIM_HORIZON`, in any case.
enum StartingPositionArgument {
    /// Reads a position.
    @Sendable static func parse(_ text: String) throws -> StartingPosition {
        guard let position = StartingPosition(rawValue: text.uppercased()) else {
            throw ValidationError(
                "LATEST (only what is written from now on) and TRIM_HORIZON (all that is kept) are accepted"
            )
        }
        return position
    }
}
