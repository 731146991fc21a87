// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension JSONWriter {
    /// Writes a member that is true or false.
    mutating func member(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        self.bool(flag)
    }
}
