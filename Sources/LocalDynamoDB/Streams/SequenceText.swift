// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Sequence numbers as the store counts them and as the service writes them: 21 digits, the first one a 1.
enum SequenceText {
    /// The digits of a number that the store counted.
    static func text(_ number: Int64) -> String {
        "1" + padded(number, 20)
    }

    /// The service's form of a number that the store counted.
    static func sequenceNumber(_ number: Int64) -> SequenceNumber {
        guard let sequenceNumber = SequenceNumber(Self.text(number)) else {
            preconditionFailure("\(number) has no sequence number")
        }
        return sequenceNumber
    }

    /// What the store counted; nil for a number that it never gave out.
    static func number(_ sequenceNumber: SequenceNumber) -> Int64? {
        let digits = sequenceNumber.text.drop { $0 == "0" }
        guard digits.utf8.count == 21, digits.hasPrefix("1") else { return nil }
        return Int64(digits.dropFirst())
    }
}
