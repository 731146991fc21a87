// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LocalEndpoint

/// A fault as it is written on the command line: `GetRecords:latency=200ms,rate=0.5`.
enum FaultArgument {
    /// Reads a fault, for an option's `transform`.
    @Sendable
    static func read(_ text: String) throws -> FaultSpecification {
        do {
            return try FaultSpecification(text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
