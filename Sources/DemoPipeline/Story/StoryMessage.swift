// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import RecordHandlers

/// One message of the story, made from a seed and its number alone.
package struct StoryMessage: Hashable, Sendable {
    private static let kinds = ["created", "updated", "viewed", "shared", "archived"]

    /// Its id, `msg-` and ten hexadecimal digits; differs from message to message.
    package var id: String
    /// When it came in, milliseconds since 1970.
    package var createdAt: Int64
    /// What happened, as JSON text.
    package var event: String

    /// Makes a message.
    ///
    /// - Parameters:
    ///   - number: Which one; two numbers never give the same id.
    ///   - seed: The story's seed.
    ///   - createdAt: When it comes in.
    package init(number: Int, seed: UInt64, createdAt: Timestamp) {
        var random = SplitMix64(seed: seed ^ (UInt64(truncatingIfNeeded: number) &* 0xD134_2543_DE82_EF95))
        // An odd factor permutes the 40 bits, so ids look random and never repeat.
        let scrambled = (UInt64(truncatingIfNeeded: number) &* 0x9E37_79B1_85EB &+ seed) & 0xFF_FFFF_FFFF
        self.id = "msg-" + Self.hexadecimal(scrambled, digits: 10)
        self.createdAt = createdAt.milliseconds
        let kind = Self.kinds[Int(random.next() % UInt64(Self.kinds.count))]
        let source = random.next() % 40
        let user = Self.hexadecimal(random.next() & 0xFFFF_FFFF, digits: 8)
        let cents = random.next() % 100_000
        let fraction = cents % 100 < 10 ? "0\(cents % 100)" : "\(cents % 100)"
        self.event =
            #"{"type":"message.\#(kind)","source":"checkout-\#(source)","user":"customer-\#(user)","amount":\#(cents / 100).\#(fraction)}"#
    }

    /// The key, the same in both tables.
    package var key: Item {
        ["messageId": .string(self.id), "createdAt": .number(Self.number(self.createdAt))]
    }

    /// What ingest writes to the staging table.
    package var rawItem: Item {
        var item = self.key
        item["event"] = .string(self.event)
        item["received"] = .bool(true)
        return item
    }

    /// What processing writes to the messages table.
    package var mainItem: Item {
        var item = self.key
        item["event"] = .string(self.event)
        return item
    }

    static func number(_ value: Int64) -> DecimalNumber {
        guard let number = DecimalNumber(String(value)) else {
            preconditionFailure("a whole number of 64 bits is a DynamoDB number")
        }
        return number
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
