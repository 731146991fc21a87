// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension Timestamp {
    /// The moment in UTC without a fraction, rounded down: `2026-01-02T03:04:05Z`.
    var iso8601Seconds: String { String(self.label.prefix(19)) + "Z" }
}
