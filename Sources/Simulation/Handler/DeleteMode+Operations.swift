// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import RecordHandlers

extension DeleteMode {
    /// The mode that sends requests of an operation; nil: none does.
    static func sending(_ operation: String) -> DeleteMode? {
        switch operation {
        case "BatchWriteItem": .batch
        case "DeleteItem": .item
        default: nil
        }
    }
}
