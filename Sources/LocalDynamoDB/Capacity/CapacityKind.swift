// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What capacity units are for.
enum CapacityKind: String, Hashable, Sendable {
    case read = "Read"
    case write = "Write"

    /// The units per second of this kind.
    func rate(_ throughput: ProvisionedThroughput) -> Int {
        switch self {
        case .read: throughput.readCapacityUnits
        case .write: throughput.writeCapacityUnits
        }
    }
}
