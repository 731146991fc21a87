// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What a shard iterator says: `<stream ARN>|1|<words in hexadecimal>`, sealed so that nobody makes one up.
struct IteratorToken {
    /// The row of the shard.
    var shard: Int64
    /// The first sequence number to read.
    var position: Int64
    /// When it was given out.
    var issuedAt: Timestamp
    /// Which iterators it expires together with, at the latest.
    var generation: UInt32
    /// Makes it different from all others.
    var count: UInt64

    /// The iterator's text.
    func text(arn: String, secret: SipHash) -> String {
        let words = self.words
        var text = arn + "|1|"
        for word in words { text += hexadecimal(word) }
        return text + hexadecimal(Self.seal(words, arn: arn, secret: secret))
    }

    /// Reads an iterator; nil for what is none of this store.
    init?(_ text: String, secret: SipHash) {
        guard text.utf8.count <= 2048, let separator = text.lastIndex(of: "|") else { return nil }
        let head = text[..<separator]
        guard head.hasSuffix("|1") else { return nil }
        let digits = Array(text[text.index(after: separator)...].utf8)
        guard digits.count == 96 else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 0, to: 96, by: 16) {
            guard let word = UInt64(String(decoding: digits[start..<(start + 16)], as: UTF8.self), radix: 16) else {
                return nil
            }
            words.append(word)
        }
        let seal = words.removeLast()
        guard seal == Self.seal(words, arn: String(head.dropLast(2)), secret: secret) else { return nil }
        self.shard = Int64(bitPattern: words[0])
        self.position = Int64(bitPattern: words[1])
        self.issuedAt = Timestamp(milliseconds: Int64(bitPattern: words[2]))
        self.generation = UInt32(truncatingIfNeeded: words[3])
        self.count = words[4]
    }

    /// Makes an iterator.
    init(shard: Int64, position: Int64, issuedAt: Timestamp, generation: UInt32, count: UInt64) {
        self.shard = shard
        self.position = position
        self.issuedAt = issuedAt
        self.generation = generation
        self.count = count
    }

    private var words: [UInt64] {
        [
            UInt64(bitPattern: self.shard), UInt64(bitPattern: self.position),
            UInt64(bitPattern: self.issuedAt.milliseconds), UInt64(self.generation), self.count,
        ]
    }

    private static func seal(_ words: [UInt64], arn: String, secret: SipHash) -> UInt64 {
        secret.hash(words[0], words[1], words[2], words[3], words[4], secret.hash(arn.utf8))
    }
}
