// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Simulation

/// How long a handler takes in a simulation: `measured`, or a duration.
enum HandlerTimeArgument {
    private static let limit = DurationArgument(.seconds(900))

    /// Reads it, for an option's `transform`.
    @Sendable static func parse(_ text: String) throws -> ArrivalSimulation.HandlerTime {
        if text == "measured" { return .measured }
        guard let value = DurationArgument(text), value.duration <= Self.limit.duration else {
            throw ValidationError(
                "measured is accepted, or a duration such as \(DurationArgument.forms), up to \(Self.limit)"
            )
        }
        return .fixed(value.duration)
    }
}
