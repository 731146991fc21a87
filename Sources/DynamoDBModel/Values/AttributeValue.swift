// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// One DynamoDB item: attribute names and their values.
public typealias Item = [String: AttributeValue]

/// The value of an attribute, with its DynamoDB type.
///
/// Two values are equal when DynamoDB calls them equal: numbers by value (`1.0` equals `1`), sets whatever the order of
/// their members. The wire form of each case is the JSON object `{"<type>": …}` with the type's name in upper case.
public enum AttributeValue: Sendable {
    /// Text, `{"S":"…"}`.
    case string(String)
    /// A decimal number of up to 38 digits, `{"N":"…"}`.
    case number(DecimalNumber)
    /// Bytes, `{"B":"<base64>"}`.
    case binary([UInt8])
    /// A truth value, `{"BOOL":true}`.
    case bool(Bool)
    /// Nothing, `{"NULL":true}`.
    case null
    /// Named values, `{"M":{…}}`.
    case map(Item)
    /// Values in order, `{"L":[…]}`.
    case list([AttributeValue])
    /// Distinct texts, `{"SS":[…]}`.
    case stringSet(Set<String>)
    /// Distinct numbers, `{"NS":[…]}`.
    case numberSet(Set<DecimalNumber>)
    /// Distinct bytes, `{"BS":[…]}`.
    case binarySet(Set<[UInt8]>)

    /// The type's name on the wire: `S`, `N`, `B`, `BOOL`, `NULL`, `M`, `L`, `SS`, `NS` or `BS`.
    public var typeName: String {
        switch self {
        case .string: "S"
        case .number: "N"
        case .binary: "B"
        case .bool: "BOOL"
        case .null: "NULL"
        case .map: "M"
        case .list: "L"
        case .stringSet: "SS"
        case .numberSet: "NS"
        case .binarySet: "BS"
        }
    }
}
