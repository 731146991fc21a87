// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// What a request may hold as an item, and in whose words the rest is refused.
@Suite struct AttributeValueRequestTests {
    private func put(_ value: String) throws -> AttributeValue {
        let body = #"{"TableName":"t","Item":{"a":\#(value)}}"#
        return try #require(try WireOperation.putItem.decodeInput(Array(body.utf8)).item["a"])
    }

    @Test(arguments: [
        (#"{"S":""}"#, AttributeValue.string("")), (#"{"N":"007"}"#, .number(DecimalNumber(7))),
        (#"{"B":""}"#, .binary([])),
        (#"{"B":"AQI="}"#, .binary([1, 2])), (#"{"BOOL":false}"#, .bool(false)), (#"{"NULL":true}"#, .null),
        (#"{"M":{}}"#, .map([:])), (#"{"L":[]}"#, .list([])),
        (#"{"L":[{"S":"x"},{"L":[{"NULL":true}]}]}"#, .list([.string("x"), .list([.null])])),
        (#"{"SS":["a","b"]}"#, .stringSet(["a", "b"])),
        (#"{"NS":["1","2.0"]}"#, .numberSet([DecimalNumber(1), DecimalNumber(2)])),
        (#"{"BS":["AQ==",""]}"#, .binarySet([[1], []])), (#"{"S":"x","N":null}"#, .string("x")),
        (#"{"S":"\ud83d\ude00"}"#, .string("😀")),
        (#"{ "S" : "x" }"#, .string("x")),
    ])
    func isAccepted(json: String, value: AttributeValue) throws {
        #expect(try self.put(json) == value)
    }

    @Test(arguments: [
        (#"{}"#, DynamoDBError.Code.validation, "Supplied AttributeValue is empty"),
        (#"{"X":"y"}"#, .validation, "Supplied AttributeValue is empty"),
        (#"{"S":null}"#, .validation, "Supplied AttributeValue is empty"),
        (#"{"S":"a","N":"1"}"#, .validation, "more than one datatypes"),
        (#"{"NULL":false}"#, .validation, "Null attribute value types must have the value of true"),
        (#"{"N":""}"#, .validation, "cannot be converted to a numeric value"),
        (#"{"N":"abc"}"#, .validation, "cannot be converted to a numeric value"),
        (#"{"N":"1e126"}"#, .validation, "Number overflow"), (#"{"N":"1e-131"}"#, .validation, "Number underflow"),
        (#"{"N":"123456789012345678901234567890123456789"}"#, .validation, "more than 38 significant digits"),
        (#"{"SS":[]}"#, .validation, "may not be empty"), (#"{"NS":[]}"#, .validation, "may not be empty"),
        (#"{"BS":[]}"#, .validation, "may not be empty"), (#"{"SS":["a","a"]}"#, .validation, "contains duplicates"),
        (#"{"NS":["1","1.0"]}"#, .validation, "contains duplicates"),
        (#"{"BS":["AQ==","AQ=="]}"#, .validation, "contains duplicates"),
        (#"{"L":[{"M":{"x":{"SS":[]}}}]}"#, .validation, "may not be empty"),
        (#"{"S":5}"#, .serialization, "NUMBER_VALUE cannot be converted to String"),
        (#"{"S":true}"#, .serialization, "TRUE_VALUE cannot be converted to String"),
        (#"{"N":5}"#, .serialization, "NUMBER_VALUE cannot be converted to String"),
        (#"{"S":{}}"#, .serialization, "Start of structure"), (#"{"S":[]}"#, .serialization, "Start of list"),
        (#"{"BOOL":"true"}"#, .serialization, "STRING_VALUE cannot be converted to Boolean"),
        (#"{"NULL":1}"#, .serialization, "NUMBER_VALUE cannot be converted to Boolean"),
        (#"{"M":[]}"#, .serialization, "Start of list"), (#"{"L":{}}"#, .serialization, "Start of structure"),
        (#"{"L":["x"]}"#, .serialization, "STRING_VALUE"), (#"{"SS":"x"}"#, .serialization, "STRING_VALUE"),
        (#"{"SS":[1]}"#, .serialization, "NUMBER_VALUE"), (#"{"B":"AQI"}"#, .serialization, "base64"),
        (#"{"B":"!!!!"}"#, .serialization, "base64"), (#"{"BS":["AQ"]}"#, .serialization, "base64"),
        (#""x""#, .serialization, "STRING_VALUE"),
        (#"{"S":"x","S":"y"}"#, .validation, "more than one datatypes"),
        (#"{"S":"\ud83d"}"#, .serialization, "surrogate"),
        (#"{"M":{"x":{"S":"1"},"x":{"S":"2"}}}"#, .serialization, "twice"),
        (#"{"S":"x"]"#, .serialization, "unexpected"),
    ])
    func isRefused(json: String, code: DynamoDBError.Code, text: String) {
        let error = #expect(throws: DynamoDBError.self) { try self.put(json) }
        #expect(error?.code == code)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test func itemsNestThirtyTwoLevels() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: #"{"L":["#, count: levels) + #"{"S":"x"}"# + String(repeating: "]}", count: levels)
        }
        #expect((try? self.put(nested(32))) != nil)
        let error = #expect(throws: DynamoDBError.self) { try self.put(nested(33)) }
        #expect(error?.message == "Nesting Levels have exceeded supported limits")
        #expect(throws: DynamoDBError.self) { try self.put(nested(50_000)) }
    }

    @Test func levelsAreCountedDownwardsOnly() throws {
        let siblings = Array(repeating: #"{"L":[{"M":{}}]}"#, count: 40).joined(separator: ",")
        #expect((try? self.put("{\"L\":[\(siblings)]}")) != nil)
    }

    @Test func anAnswerMayNestAsDeepAsJSONMay() throws {
        func nested(_ levels: Int) -> String {
            "{\"a\":" + String(repeating: #"{"L":["#, count: levels) + #"{"S":"x"}"#
                + String(repeating: "]}", count: levels)
                + "}"
        }
        let raw = try RawItem(parsing: nested(63).utf8)
        #expect(try RawItem(raw.decoded()) == raw)
        #expect(throws: DynamoDBError.self) { try RawItem(parsing: nested(64).utf8) }
    }

    @Test func answersAreReadLeniently() throws {
        let item = try RawItem(parsing: #"{"a":{"SS":[]},"b":{"NS":["1","1.0"]},"c":{"S":"x","Later":7}}"#.utf8)
            .decoded()
        #expect(item == ["a": .stringSet([]), "b": .numberSet([DecimalNumber(1)]), "c": .string("x")])
    }
}
