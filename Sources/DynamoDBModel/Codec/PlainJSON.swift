// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension AttributeValue {
    /// The value without DynamoDB's types, for people: sets become arrays in order, bytes become base64 text.
    package var plainJSON: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number.text)
        case .binary(let bytes): .string(Base64.encode(bytes))
        case .bool(let flag): .bool(flag)
        case .null: .null
        case .map(let members): members.plainJSON
        case .list(let elements): .array(elements.map(\.plainJSON))
        case .stringSet(let members): .array(members.sorted().map { .string($0) })
        case .numberSet(let members): .array(members.sorted().map { .number($0.text) })
        case .binarySet(let members):
            .array(members.sorted { $0.lexicographicallyPrecedes($1) }.map { .string(Base64.encode($0)) })
        }
    }

    /// The value in DynamoDB JSON, `{"S":"…"}`, members of sets in order.
    package var dynamoDBJSON: JSONValue {
        let value: JSONValue =
            switch self {
            case .number(let number): .string(number.text)
            case .null: .bool(true)
            case .map(let members): members.dynamoDBJSON
            case .list(let elements): .array(elements.map(\.dynamoDBJSON))
            case .numberSet(let members): .array(members.sorted().map { .string($0.text) })
            default: self.plainJSON
            }
        return .object([JSONValue.Member(self.typeName, value)])
    }
}

extension [String: AttributeValue] {
    /// The item without DynamoDB's types, for people; names in order.
    package var plainJSON: JSONValue {
        .object(self.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.plainJSON) })
    }

    /// The item in DynamoDB JSON; names in order.
    package var dynamoDBJSON: JSONValue {
        .object(self.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.dynamoDBJSON) })
    }

    /// Reads an item in DynamoDB JSON.
    ///
    /// - Parameters:
    ///   - bytes: The JSON object and nothing else.
    ///   - isStrict: Whether what the service refuses in a request is refused.
    /// - Throws: `serialization` or `validation` if strict, else `malformedResponse`.
    package init(dynamoDBJSON bytes: ArraySlice<UInt8>, isStrict: Bool = true) throws(DynamoDBError) {
        do throws(JSONFault) {
            self = try JSONScanner.read(bytes) { (scanner) throws(JSONFault) in
                var decoder = ItemDecoder(scanner: scanner, isStrict: isStrict)
                let item = try decoder.item()
                try decoder.scanner.finish()
                return item
            }
        } catch {
            throw isStrict ? error.requestError : error.responseError
        }
    }
}
