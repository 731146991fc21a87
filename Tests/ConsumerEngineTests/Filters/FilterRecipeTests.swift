// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Testing

/// The recipes of the documentation do what they are given for.
@Suite struct FilterRecipeTests {
    private static let changes: [(String, StreamRecord)] = [
        ("insert", FilterSubject.record(.insert, new: #"{"pk":{"S":"order#1"},"a":{"S":"x"}}"#)),
        ("modify", FilterSubject.record(.modify, new: #"{"a":{"S":"y"}}"#, old: #"{"a":{"S":"x"}}"#)),
        ("cleared", FilterSubject.record(.modify, new: #"{"b":{"S":"y"}}"#, old: #"{"a":{"S":"x"}}"#)),
        ("remove", FilterSubject.record(.remove, keys: #"{"pk":{"S":"user#1"}}"#, old: #"{"b":{"S":"x"}}"#)),
        ("expiry", FilterSubject.record(.remove, old: #"{"b":{"S":"x"}}"#, isTimeToLive: true)),
    ]

    @Test(arguments: [
        (
            #"{"userIdentity":{"type":["Service"],"principalId":["dynamodb.amazonaws.com"]}}"#,
            ["expiry"]
        ),
        (#"{"eventName":["REMOVE"],"userIdentity":{"type":[{"exists":false}]}}"#, ["remove"]),
        (#"{"eventName":["INSERT","MODIFY"]}"#, ["insert", "modify", "cleared"]),
        (#"{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"order#"}]}}}}"#, ["insert", "modify", "cleared", "expiry"]),
        (
            #"{"dynamodb":{"OldImage":{"a":{"S":[{"exists":true}]}},"NewImage":{"a":{"S":[{"exists":false}]}}}}"#,
            ["cleared"]
        ),
        // Above 100 cannot be said of a number attribute.
        (#"{"dynamodb":{"NewImage":{"n":{"N":[{"numeric":[">",100]}]}}}}"#, []),
    ])
    func aRecipeFindsWhatItIsFor(_ pattern: String, _ expected: [String]) throws {
        var found: [String] = []
        for (name, record) in Self.changes where try FilterSubject.matches([pattern], record) { found.append(name) }
        #expect(found == expected)
    }

    @Test func userIdentityIsInSmallLetters() throws {
        let pattern = try EventPattern(#"{"userIdentity":{"Type":["Service"]}}"#)
        #expect(try !FilterSubject.matches([pattern.text], FilterSubject.record(.remove, isTimeToLive: true)))
        #expect(pattern.warnings.map(\.kind) == [.neverMatches])
    }
}
