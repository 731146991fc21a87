// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

/// The rules of matching, a test for each row of the reference.
@Suite struct FilterSemanticsTests {
    @Test func allFieldsOfAPatternHaveToMatchAndFieldsItDoesNotNameDoNotMatter() throws {
        let record = FilterSubject.record(.insert, new: #"{"a":{"S":"1"},"b":{"S":"2"}}"#)
        let both = #"{"eventName":["INSERT"],"dynamodb":{"NewImage":{"a":{"S":["1"]},"b":{"S":["2"]}}}}"#
        #expect(try FilterSubject.matches([both], record))
        #expect(
            try !FilterSubject.matches([both], FilterSubject.record(.modify, new: #"{"a":{"S":"1"},"b":{"S":"2"}}"#))
        )
        #expect(
            try !FilterSubject.matches([both], FilterSubject.record(.insert, new: #"{"a":{"S":"1"},"b":{"S":"3"}}"#))
        )
    }

    @Test func filtersAreAlternatives() throws {
        let filters = [#"{"eventName":["INSERT"]}"#, #"{"dynamodb":{"NewImage":{"a":{"S":["1"]}}}}"#]
        #expect(try FilterSubject.matches(filters, FilterSubject.record(.insert)))
        #expect(try FilterSubject.matches(filters, FilterSubject.record(.modify, new: #"{"a":{"S":"1"}}"#)))
        #expect(try !FilterSubject.matches(filters, FilterSubject.record(.modify, new: #"{"a":{"S":"2"}}"#)))
    }

    @Test func withoutAFilterEverythingMatches() throws {
        for kind in ChangeKind.allCases { #expect(try FilterSubject.matches([], FilterSubject.record(kind))) }
        #expect(FilterCriteria.none.isEmpty)
    }

    @Test(arguments: [
        (#"{"SS":["b"]}"#, true), (#"{"SS":["c"]}"#, false), (#"{"SS":[{"prefix":"b"}]}"#, true),
        // Some element differs from b.
        (#"{"SS":[{"anything-but":"b"}]}"#, true), (#"{"SS":[{"anything-but":["a","b"]}]}"#, false),
        (#"{"SS":[{"exists":true}]}"#, true), (#"{"SS":[{"exists":false}]}"#, false),
    ])
    func ofAnArrayAnyElementMayMatch(_ pattern: String, _ isMatch: Bool) throws {
        #expect(try FilterSubject.matches(image: #"{"a":\#(pattern)}"#, #"{"a":{"SS":["a","b"]}}"#) == isMatch)
    }

    @Test(arguments: ["NS", "BS"]) func allSetsAreArraysOfStrings(_ type: String) throws {
        #expect(try FilterSubject.matches(image: #"{"a":{"\#(type)":["1"]}}"#, #"{"a":{"\#(type)":["2","1"]}}"#))
        #expect(try !FilterSubject.matches(image: #"{"a":{"\#(type)":[1]}}"#, #"{"a":{"\#(type)":["2","1"]}}"#))
    }

    @Test func aPathGoesThroughTheElementsOfAList() throws {
        let pattern = #"{"l":{"L":{"S":["x"]}}}"#
        #expect(try FilterSubject.matches(image: pattern, #"{"l":{"L":[{"N":"1"},{"S":"x"}]}}"#))
        #expect(try !FilterSubject.matches(image: pattern, #"{"l":{"L":[{"N":"1"},{"S":"y"}]}}"#))
        #expect(try !FilterSubject.matches(image: pattern, #"{"l":{"L":[]}}"#))
    }

    @Test func conditionsBelowOneListAreMetByOneElement() throws {
        let pattern = #"{"l":{"L":{"M":{"a":{"S":["1"]},"b":{"S":["2"]}}}}}"#
        func image(_ elements: String...) -> String { #"{"l":{"L":[\#(elements.joined(separator: ","))]}}"# }
        let a = #"{"M":{"a":{"S":"1"},"b":{"S":"3"}}}"#
        let b = #"{"M":{"a":{"S":"4"},"b":{"S":"2"}}}"#
        let both = #"{"M":{"a":{"S":"1"},"b":{"S":"2"}}}"#
        #expect(try !FilterSubject.matches(image: pattern, image(a, b)))
        #expect(try FilterSubject.matches(image: pattern, image(a, b, both)))
    }

    @Test func conditionsOfAnOrAndBesideItAreMetByOneElementToo() throws {
        let pattern = #"{"l":{"L":{"M":{"a":{"S":["1"]},"$or":[{"b":{"S":["2"]}},{"c":{"S":["3"]}}]}}}}"#
        let split = #"{"l":{"L":[{"M":{"a":{"S":"1"}}},{"M":{"b":{"S":"2"}}}]}}"#
        let joined = #"{"l":{"L":[{"M":{"b":{"S":"2"}}},{"M":{"a":{"S":"1"},"c":{"S":"3"}}}]}}"#
        #expect(try !FilterSubject.matches(image: pattern, split))
        #expect(try FilterSubject.matches(image: pattern, joined))
    }

    @Test func listsInsideListsAreMatchedElementByElement() throws {
        let pattern = #"{"o":{"i":{"x":[1],"y":[2]},"z":[3]}}"#
        #expect(try FilterSubject.matches(pattern, event: #"{"o":[{"i":[{"x":1},{"x":1,"y":2}],"z":3}]}"#))
        #expect(try !FilterSubject.matches(pattern, event: #"{"o":[{"i":[{"x":1,"y":2}]},{"i":[{"x":1}],"z":3}]}"#))
        #expect(try FilterSubject.matches(#"{"a":["x"]}"#, event: #"{"a":[["y"],[["x"]]]}"#))
    }

    /// What is absent is looked for where the conditions before it, by name, have fixed the element.
    @Test func absenceBelowAListIsAbsenceInTheElementThatAnEarlierNameFixed() throws {
        let event = #"{"l":[{"a":1},{"b":2}]}"#
        #expect(try FilterSubject.matches(#"{"l":{"a":[1],"b":[{"exists":false}]}}"#, event: event))
        #expect(try !FilterSubject.matches(#"{"l":{"b":[2],"a":[{"exists":false}]}}"#, event: event))
        #expect(try !FilterSubject.matches(#"{"l":{"a":[{"exists":false}]}}"#, event: event))
        #expect(try FilterSubject.matches(#"{"l":{"c":[{"exists":false}]}}"#, event: event))
        #expect(try FilterSubject.matches(#"{"l":{"a":[1],"b":[3,{"exists":false}]}}"#, event: event))
        #expect(
            try !FilterSubject.matches(#"{"l":{"a":[1],"b":[3,{"exists":false}]}}"#, event: #"{"l":[{"a":1,"b":2}]}"#)
        )
    }

    @Test func mapsAreGoneThroughByName() throws {
        #expect(try FilterSubject.matches(image: #"{"m":{"M":{"k":{"S":["v"]}}}}"#, #"{"m":{"M":{"k":{"S":"v"}}}}"#))
        #expect(try !FilterSubject.matches(image: #"{"m":{"k":{"S":["v"]}}}"#, #"{"m":{"M":{"k":{"S":"v"}}}}"#))
    }

    @Test func nullIsTheNullOfJSONAndAnAttributeIsTrue() throws {
        #expect(try FilterSubject.matches(image: #"{"a":{"NULL":[true]}}"#, #"{"a":{"NULL":true}}"#))
        #expect(try !FilterSubject.matches(image: #"{"a":{"NULL":[null]}}"#, #"{"a":{"NULL":true}}"#))
        #expect(try !FilterSubject.matches(image: #"{"a":{"S":[null]}}"#, #"{}"#))
    }

    @Test func booleansAreNoStrings() throws {
        #expect(try FilterSubject.matches(image: #"{"a":{"BOOL":[true]}}"#, #"{"a":{"BOOL":true}}"#))
        #expect(try !FilterSubject.matches(image: #"{"a":{"BOOL":["true"]}}"#, #"{"a":{"BOOL":true}}"#))
    }

    @Test(arguments: [
        (#"["5"]"#, true), (#"["5.0"]"#, false), ("[5]", false), (#"[{"numeric":["=",5]}]"#, false),
        (#"[{"numeric":[">",0]}]"#, false), (#"[{"anything-but":"5"}]"#, false), (#"[{"anything-but":"6"}]"#, true),
        // A string is not that number.
        (#"[{"anything-but":[5,6]}]"#, true), (#"[{"prefix":"5"}]"#, true),
    ])
    func numbersOfDynamoDBAreStrings(_ alternatives: String, _ isMatch: Bool) throws {
        #expect(try FilterSubject.matches(image: #"{"n":{"N":\#(alternatives)}}"#, #"{"n":{"N":"5"}}"#) == isMatch)
    }

    @Test(arguments: [
        #"["x"]"#, "[5]", "[true]", "[null]", #"[{"prefix":""}]"#, #"[{"suffix":""}]"#, #"[{"anything-but":"x"}]"#,
        #"[{"anything-but":[5]}]"#, #"[{"exists":true}]"#, #"[{"numeric":["<",5]}]"#, #"[{"equals-ignore-case":"x"}]"#,
        #"[{"wildcard":"*"}]"#, #"[{"cidr":"0.0.0.0/0"}]"#,
    ])
    func anAbsentFieldAndAnObjectFailEverythingButExistsFalse(_ alternatives: String) throws {
        for image in ["{}", #"{"a":{"M":{}}}"#, #"{"a":{"S":{"x":"x"}}}"#, #"{"a":{"S":[]}}"#] {
            #expect(try !FilterSubject.matches(image: #"{"a":{"S":\#(alternatives)}}"#, image))
            #expect(try FilterSubject.matches(image: #"{"a":{"S":[{"exists":false}]}}"#, image))
        }
        // No image at all.
        let record = FilterSubject.record(.remove)
        #expect(try !FilterSubject.matches([#"{"dynamodb":{"NewImage":{"a":{"S":\#(alternatives)}}}}"#], record))
    }

    @Test func existsFalseWithoutTheTypeKeyMatchesWhetherTheAttributeIsThereOrNot() throws {
        #expect(try FilterSubject.matches(image: #"{"a":[{"exists":false}]}"#, #"{"a":{"S":"x"}}"#))
        #expect(try FilterSubject.matches(image: #"{"a":[{"exists":false}]}"#, #"{}"#))
        #expect(try !FilterSubject.matches(image: #"{"a":[{"exists":true}]}"#, #"{"a":{"S":"x"}}"#))
        // The right way, which another type passes, too.
        #expect(try !FilterSubject.matches(image: #"{"a":{"S":[{"exists":false}]}}"#, #"{"a":{"S":"x"}}"#))
        #expect(try FilterSubject.matches(image: #"{"a":{"S":[{"exists":false}]}}"#, #"{"a":{"N":"1"}}"#))
    }

    @Test func ofDuplicateNamesInAPatternTheLastOneWins() throws {
        let pattern = #"{"eventName":["INSERT"],"eventName":["REMOVE"]}"#
        #expect(try FilterSubject.matches([pattern], FilterSubject.record(.remove)))
        #expect(try !FilterSubject.matches([pattern], FilterSubject.record(.insert)))
        // Objects are joined: the paths differ.
        let joined = #"{"d":{"a":[1]},"d":{"b":[2]}}"#
        #expect(try !FilterSubject.matches(joined, event: #"{"d":{"b":2}}"#))
        #expect(try FilterSubject.matches(joined, event: #"{"d":{"a":1,"b":2}}"#))
    }

    @Test func aPointInANameIsPartOfItOnlyWhereThereIsNoSuchPath() throws {
        let pattern = #"{"a.b":{"S":["x"]}}"#
        #expect(try FilterSubject.matches(image: pattern, #"{"a.b":{"S":"x"}}"#))
        #expect(try FilterSubject.matches(image: pattern, #"{"a":{"b":{"S":"x"}}}"#))
        #expect(try FilterSubject.matches(image: pattern, #"{"a":[{"c":1},{"b":{"S":"x"}}],"a.b":{"S":"y"}}"#))
        #expect(try !FilterSubject.matches(image: pattern, #"{"a":{"b":{"S":"y"}},"a.b":{"S":"x"}}"#))
        #expect(try !FilterSubject.matches(image: #"{"a":{"b":{"S":["x"]}}}"#, #"{"a.b":{"S":"x"}}"#))
        let short = #"{"dynamodb.NewImage.a.S":["x"],"eventName":["MODIFY"]}"#
        #expect(try FilterSubject.matches([short], FilterSubject.record(new: #"{"a":{"S":"x"}}"#)))
        #expect(try !FilterSubject.matches([short], FilterSubject.record(new: #"{"a":{"S":"y"}}"#)))
    }

    @Test(arguments: [
        (#"{"eventID":["c4ca4238a0b923820dcc509a6f75849b"]}"#, true), (#"{"eventID":["x"]}"#, false),
        (#"{"eventVersion":["1.1"]}"#, true), (#"{"eventSource":["aws:dynamodb"]}"#, true),
        (#"{"eventSource":["aws:sqs"]}"#, false), (#"{"awsRegion":[{"prefix":"us-"}]}"#, true),
        (#"{"eventSourceARN":[{"prefix":"arn:aws:dynamodb:"}]}"#, true),
        (#"{"dynamodb":{"ApproximateCreationDateTime":[1664559083]}}"#, true),
        (#"{"dynamodb":{"ApproximateCreationDateTime":[{"numeric":[">",1664559083]}]}}"#, false),
        (#"{"dynamodb":{"SequenceNumber":["100000000000000000001"]}}"#, true),
        (#"{"dynamodb":{"SequenceNumber":[100000000000000000001]}}"#, false),
        (#"{"dynamodb":{"SizeBytes":[{"numeric":[">=",26,"<",27]}]}}"#, true),
        (#"{"dynamodb":{"StreamViewType":["NEW_AND_OLD_IMAGES"]}}"#, true),
        (#"{"dynamodb":{"Keys":{"pk":{"S":["order#1"]}}}}"#, true), (#"{"dynamodb":[{"exists":false}]}"#, true),
        (#"{"dynamodb":{"Keys":[{"exists":true}]}}"#, false), (#"{"eventName":{"x":[{"exists":false}]}}"#, true),
        (#"{"userIdentity":[{"exists":false}]}"#, true), (#"{"nothing":{"there":["x"]}}"#, false),
        (#"{"dynamodb":{"OldImage":{"a":{"S":[{"exists":false}]}}}}"#, true),
    ])
    func everyMemberOfTheLambdaEventCanBeFiltered(_ pattern: String, _ isMatch: Bool) throws {
        #expect(try FilterSubject.matches([pattern], FilterSubject.record(new: #"{"a":{"S":"x"}}"#)) == isMatch)
    }

    @Test func namesAndTextsWithEscapesAreCompared() throws {
        #expect(
            try FilterSubject.matches(image: #"{"\"q\"":{"S":["\n\u0041"]}}"#, #"{"\u0022q\u0022":{"S":"\u000aA"}}"#)
        )
    }
}
