// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// When an item has expired.
enum ExpiryRule {
    /// A time that is further back does not count: 5 years (DynamoDB developer guide, time to live).
    static let oldest: Double = 5 * 365 * 86_400

    /// Whether an attribute is a time that is over.
    ///
    /// - Parameters:
    ///   - value: The attribute; only a number of epoch seconds counts.
    ///   - now: The time.
    /// - Returns: True from the moment on that lies behind it.
    static func isOver(_ value: AttributeValue?, now: Timestamp) -> Bool {
        guard case .number(let number)? = value, let seconds = Double(number.text) else { return false }
        let age = Double(now.milliseconds) / 1000 - seconds
        return age > 0 && age <= Self.oldest
    }
}
