// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// Sizes by the service's rule, with the examples of its recordings.
@Suite struct ItemSizeTests {
    @Test(arguments: [
        (AttributeValue.string(""), 0), (.string("Fred"), 4), (.string("é"), 2), (.string("😀"), 4),
        (.binary([1, 2, 3]), 3), (.bool(true), 1), (.null, 1), (.stringSet(["a", "bcd"]), 4),
        (.numberSet([DecimalNumber(1), DecimalNumber(100)]), 4), (.binarySet([[1], [2, 3]]), 3), (.list([]), 3),
        (.list([.bool(true), .string("ab")]), 8), (.map([:]), 3), (.map(["ab": .string("c")]), 7),
        (.map(["a": .list([.null])]), 10),
    ])
    func sizeOfAValue(value: AttributeValue, bytes: Int) {
        #expect(value.size == ByteCount(bytes))
    }

    @Test(arguments: [
        ("0", 1), ("7", 2), ("42", 2), ("100", 2), ("123", 3), ("1234", 3), ("0.001", 2), ("1e125", 2), ("1.5", 2),
        ("-7", 3), ("1730000000123", 8), ("12345678901234567890123456789012345678", 20),
        ("-12345678901234567890123456789012345678", 21),
    ])
    func sizeOfANumber(text: String, bytes: Int) {
        #expect(DecimalNumber(text)?.size == ByteCount(bytes))
    }

    @Test func sizeOfAnItemCountsNames() {
        #expect((["id": .string("Fred")] as Item).size == ByteCount(6))
        #expect((["id": .string("k1")] as Item).size == ByteCount(4))
        #expect(([:] as Item).size == ByteCount(0))
    }
}
