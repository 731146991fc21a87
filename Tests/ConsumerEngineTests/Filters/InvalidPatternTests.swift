// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import Testing

/// What is refused, with the place and the reason.
@Suite struct InvalidPatternTests {
    /// Pattern, path, place in characters from 0, a piece of the reason.
    @Test(arguments: [
        ("", "", 0, "not JSON"), ("{", "", 1, "not JSON"), (#"{"a":["x"]} x"#, "", 12, "not JSON"),
        (#"{"a":[x]}"#, "", 6, "not JSON"), ("[]", "", 0, "a pattern is an object"), (#""x""#, "", 0, "a string"),
        ("{}", "", 0, "empty object"), (#"{"a":{}}"#, "a", 5, "empty object"),
        (#"{"a":{"b":[{}]}}"#, "a.b[0]", 11, "empty object"), (#"{"a":"x"}"#, "a", 5, #"write ["x"]"#),
        (#"{"a":{"ä":5}}"#, "a.ä", 10, "write [5]"), (#"{"a":null}"#, "a", 5, "write [null]"),
        (#"{"a":[]}"#, "a", 5, "empty array"), (#"{"a":[["x"]]}"#, "a[0]", 6, "array inside an array"),
        (#"{"a":["x",{"regex":"y"}]}"#, "a[1]", 10, #"no operator "regex""#),
        (#"{"l":{"L":[{"S":["x"]}]}}"#, "l.L[0]", 11, "write an object"),
        (#"{"a":[{"prefix":"x","suffix":"y"}]}"#, "a[0]", 6, "one operator"),
        (#"{"a":[{"exists":"true"}]}"#, "a[0]", 16, "true or false"),
        (#"{"a":[{"prefix":5}]}"#, "a[0]", 16, "a string"),
        (#"{"a":[{"suffix":["x"]}]}"#, "a[0]", 16, "a string"),
        (#"{"a":[{"equals-ignore-case":5}]}"#, "a[0]", 28, "a string"),
        (#"{"a":[{"prefix":{"prefix":"x"}}]}"#, "a[0]", 16, "equals-ignore-case"),
        (#"{"a":[{"numeric":5}]}"#, "a[0]", 17, "array"),
        (#"{"a":[{"numeric":[]}]}"#, "a[0]", 17, "operator and a number"),
        (#"{"a":[{"numeric":[">"]}]}"#, "a[0]", 17, "operator and a number"),
        (#"{"a":[{"numeric":[">","5"]}]}"#, "a[0]", 22, "a string"),
        (#"{"a":[{"numeric":[5,">"]}]}"#, "a[0]", 18, "one of"),
        (#"{"a":[{"numeric":["!=",5]}]}"#, "a[0]", 18, "!="),
        (#"{"a":[{"numeric":["<",5,">",0]}]}"#, "a[0]", 18, "lower bound"),
        (#"{"a":[{"numeric":[">",0,">",5]}]}"#, "a[0]", 24, "upper bound"),
        (#"{"a":[{"numeric":["=",0,"<",5]}]}"#, "a[0]", 18, "lower bound"),
        (#"{"a":[{"numeric":[">",5,"<",0]}]}"#, "a[0]", 17, "less than"),
        (#"{"a":[{"numeric":[">=",5,"<=",5.0]}]}"#, "a[0]", 17, "less than"),
        (#"{"a":[{"numeric":[">",0,"<",5,"<",6]}]}"#, "a[0]", 17, "two of each"),
        (#"{"a":[{"anything-but":null}]}"#, "a[0]", 22, "null"), (#"{"a":[{"anything-but":[]}]}"#, "a[0]", 22, "empty"),
        (#"{"a":[{"anything-but":["x",5]}]}"#, "a[0]", 22, "not both"),
        (#"{"a":[{"anything-but":[true]}]}"#, "a[0]", 23, "boolean"),
        (#"{"a":[{"anything-but":{"numeric":["=",5]}}]}"#, "a[0]", 22, "numeric"),
        (#"{"a":[{"anything-but":{"prefix":""}}]}"#, "a[0]", 32, "every string"),
        (#"{"a":[{"anything-but":{"suffix":[]}}]}"#, "a[0]", 32, "empty"),
        (#"{"a":[{"anything-but":{}}]}"#, "a[0]", 22, "empty object"),
        (#"{"$or":[{"a":["x"]}]}"#, "$or", 7, "two or more"), (#"{"$or":[]}"#, "$or", 7, "two or more"),
        (#"{"$or":{"a":["x"]}}"#, "$or", 7, "array"), (#"{"$or":["x","y"]}"#, "$or[0]", 8, "objects only"),
        (#"{"$or":[{"a":["x"]},{}]}"#, "$or[1]", 20, "empty object"),
        (#"{"$or":[{"numeric":["=",5]},{"prefix":["x"]}]}"#, "numeric", 19, "name of an operator"),
        (#"{"x":{"$or":[{"a":["x"]},{"prefix":["y"]}]}}"#, "x.prefix", 35, "name of an operator"),
        (#"{"a":[{"wildcard":"a**b"}]}"#, "a[0]", 18, "two wildcards"),
        (#"{"a":[{"wildcard":"a\\b"}]}"#, "a[0]", 18, "backslash"),
        (#"{"a":[{"wildcard":"a\\"}]}"#, "a[0]", 18, "backslash"),
        (#"{"a":[{"cidr":"10.0.0.0"}]}"#, "a[0]", 14, "10.0.0.0/24"),
        (#"{"a":[{"cidr":"10.0.0.0/32"}]}"#, "a[0]", 14, "below 32"),
        (#"{"a":[{"cidr":"10.0.0/8"}]}"#, "a[0]", 14, "cidr"), (#"{"a":[{"cidr":"10.0.0.0/+8"}]}"#, "a[0]", 14, "cidr"),
        (#"{"a":[{"cidr":"::1/128"}]}"#, "a[0]", 14, "128"),
    ])
    func aPatternThatIsNoneIsRefusedWithPlaceAndReason(
        _ text: String,
        _ path: String,
        _ offset: Int,
        _ reason: String
    ) throws {
        let error = try #require(throws: EventPatternError.self) { try EventPattern(text) }
        #expect(error.path == path)
        #expect(error.offset == offset)
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.description.hasPrefix("Invalid filter pattern definition"))
        #expect(error.description.contains("character \(offset + 1): "))
    }

    @Test func aPatternMayHave4096CharactersAndNoMore() throws {
        func pattern(_ count: Int) -> String { #"{"a":["\#(String(repeating: "ä", count: count - 10))"]}"# }
        #expect(try EventPattern(pattern(4096)).text.unicodeScalars.count == 4096)
        let error = try #require(throws: EventPatternError.self) { try EventPattern(pattern(4097)) }
        #expect(error.reason.contains("4097") && error.reason.contains("4096"))
        #expect(error.offset == nil)
    }

    @Test func aPatternNestedTooDeeplyIsRefusedAndDoesNotEndTheProgram() {
        let deep = String(repeating: #"{"a":"#, count: 700)
        #expect(throws: EventPatternError.self) { try EventPattern(deep) }
    }

    @Test func orsThatMultiplyBeyondAThousandAreRefused() throws {
        func pattern(_ count: Int) -> String {
            let parts = (0..<count).map { #""f\#($0)":{"$or":[{"a":["x"]},{"b":["y"]}]}"# }
            return "{\(parts.joined(separator: ","))}"
        }
        _ = try EventPattern(pattern(9))
        let error = try #require(throws: EventPatternError.self) { try EventPattern(pattern(10)) }
        #expect(error.path == "f9.$or")
        #expect(error.reason.contains("1000"))
    }

    @Test func tenFiltersAreAcceptedAndElevenAreNot() throws {
        let pattern = #"{"eventName":["INSERT"]}"#
        func criteria(_ count: Int) throws -> FilterCriteria {
            try FilterCriteria(compiling: [String](repeating: pattern, count: count))
        }
        #expect(try criteria(5).warnings == [])
        #expect(try criteria(6).warnings.map { $0.contains("quota") } == [true])
        #expect(try criteria(10).patterns.count == 10)
        let error = try #require(throws: FilterCriteriaError.self) { try criteria(11) }
        #expect(error.description.contains("11") && error.description.contains("10"))
    }

    @Test func theNumberOfTheFilterThatIsWrongIsTold() throws {
        let error = try #require(throws: FilterCriteriaError.self) {
            try FilterCriteria(compiling: [#"{"eventName":["INSERT"]}"#, #"{"a":[]}"#])
        }
        #expect(error.filter == 2)
        #expect(error.description.hasPrefix("Filter 2: Invalid filter pattern definition at a, character 6: "))
    }
}
