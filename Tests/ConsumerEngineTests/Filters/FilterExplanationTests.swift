// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Testing

/// Why a record does not match.
@Suite struct FilterExplanationTests {
    private static let event = #"""
        {"eventName":"MODIFY","dynamodb":{"Keys":{"pk":{"S":"order#1"}},"NewImage":{"status":{"N":"5"},"tags":{"SS":["a","b"]},
        "items":{"L":[{"M":{"a":{"S":"1"}}},{"M":{"b":{"S":"2"}}}]},"none":{"L":[]}},"SizeBytes":26}}
        """#

    @Test(arguments: [
        (#"{"eventName":["INSERT"]}"#, #"eventName is "MODIFY", the pattern wants ["INSERT"]"#),
        (
            #"{"eventName":["MODIFY"],"dynamodb":{"NewImage":{"status":{"S":["open"]}}}}"#,
            #"dynamodb.NewImage.status.S is absent: status has N, the pattern wants ["open"]"#
        ),
        (
            #"{"dynamodb":{"NewImage":{"status":["open"]}}}"#,
            #"dynamodb.NewImage.status is an object with N, the pattern wants ["open"]"#
        ),
        (
            #"{"dynamodb":{"NewImage":{"tags":{"SS":["c"]}}}}"#,
            #"dynamodb.NewImage.tags.SS is "a", "b", the pattern wants ["c"]"#
        ),
        (
            #"{"dynamodb":{"OldImage":{"a":{"S":["x"]}}}}"#,
            #"dynamodb.OldImage.a.S is absent: dynamodb has Keys, NewImage, SizeBytes, the pattern wants ["x"]"#
        ),
        (
            #"{"dynamodb":{"NewImage":{"none":{"L":[{"exists":true}]}}}}"#,
            #"dynamodb.NewImage.none.L is an empty list, which counts as absent, the pattern wants [{"exists":true}]"#
        ),
        (
            #"{"dynamodb":{"Keys":{"pk":{"S":[{"exists":false}]}}}}"#,
            #"dynamodb.Keys.pk.S is "order#1", the pattern wants [{"exists":false}]"#
        ),
        (
            #"{"eventName":{"x":["y"]}}"#,
            #"eventName.x is absent: eventName is "MODIFY", the pattern wants ["y"]"#
        ),
        (
            #"{"dynamodb":{"NewImage":{"items":{"L":{"M":{"a":{"S":["1"]},"b":{"S":["2"]}}}}}}}"#,
            "dynamodb.NewImage.items.L.M.a.S and dynamodb.NewImage.items.L.M.b.S are met by different elements of a list, "
                + "the pattern wants one element that meets all"
        ),
        // The second alternative lacks less.
        (
            #"{"$or":[{"eventName":["A"],"dynamodb":{"SizeBytes":[1]}},{"eventName":["B"],"dynamodb":{"SizeBytes":[26]}}]}"#,
            #"eventName is "MODIFY", the pattern wants ["B"]"#
        ),
    ])
    func aConditionThatIsNotMetIsShownWithWhatIsThere(_ pattern: String, _ text: String) throws {
        let criteria = try FilterCriteria(compiling: [pattern])
        let explanation = criteria.explain(try JSONValue(parsing: Self.event.utf8))
        #expect(!explanation.isMatch)
        #expect(explanation.verdicts.map { $0.mismatches.map(\.description) } == [[text]])
    }

    @Test func allConditionsThatAreNotMetAreShown() throws {
        let pattern =
            #"{"eventName":["INSERT"],"dynamodb":{"SizeBytes":[26],"Keys":{"pk":{"S":["order#2"]}},"NewImage":{"a":{"S":["x"]}}}}"#
        let explanation = try FilterCriteria(compiling: [pattern]).explain(JSONValue(parsing: Self.event.utf8))
        #expect(
            Set(explanation.verdicts[0].mismatches.map(\.description)) == [
                #"eventName is "MODIFY", the pattern wants ["INSERT"]"#,
                #"dynamodb.Keys.pk.S is "order#1", the pattern wants ["order#2"]"#,
                #"dynamodb.NewImage.a.S is absent: NewImage has status, tags, items, none, the pattern wants ["x"]"#,
            ]
        )
        #expect(explanation.verdicts[0].mismatches.count == 3)
    }

    @Test func eachPatternHasItsVerdict() throws {
        let criteria = try FilterCriteria(compiling: [#"{"eventName":["INSERT"]}"#, #"{"eventName":["MODIFY"]}"#])
        let explanation = criteria.explain(try JSONValue(parsing: Self.event.utf8))
        #expect(explanation.isMatch)
        #expect(explanation.verdicts.map(\.mismatches.isEmpty) == [false, true])
    }

    @Test func longValuesAndManyAreCut() throws {
        let event = #"{"a":["\#(String(repeating: "x", count: 500))","b","c","d","e"]}"#
        let criteria = try FilterCriteria(compiling: [#"{"a":["z"]}"#])
        let actual = try #require(criteria.explain(JSONValue(parsing: event.utf8)).verdicts[0].mismatches.first?.actual)
        #expect(actual.count < 120)
        #expect(actual.hasSuffix(#"…, "b", "c" and 2 more"#))
    }

    @Test func whatIsNoObjectMatchesNothing() throws {
        let criteria = try FilterCriteria(compiling: [#"{"a":[{"exists":false}]}"#])
        #expect(!criteria.matches(.array([])))
        #expect(criteria.explain(.string("x")).verdicts[0].mismatches.first?.description.contains("an object") == true)
    }
}
