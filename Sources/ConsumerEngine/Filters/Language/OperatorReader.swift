// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads one alternative of an array: a plain value, or an object with an operator.
enum OperatorReader {
    /// What an alternative is.
    enum Alternative {
        /// A test, and what to know of it.
        case test(ValueTest, warning: String?)
        /// There has to be no value.
        case absence
    }

    /// What is wrong, and with which piece.
    struct Fault: Error {
        var json: PatternJSON
        var reason: String
    }

    /// Reads an element of an array.
    static func read(_ json: PatternJSON) throws(Fault) -> Alternative {
        switch json.value {
        case .null: return .test(.null, warning: nil)
        case .bool(let flag): return .test(.bool(flag), warning: nil)
        case .string(let text): return .test(.string(Array(text.utf8)), warning: nil)
        case .number: return .test(.number(try Self.number(json)), warning: nil)
        case .array: throw Fault(json: json, reason: "an array inside an array is not allowed.")
        case .object(let members):
            let member = try Self.onlyMember(members, json)
            return try Self.read(operatorName: member.name, member.value, json)
        }
    }

    private static func read(
        operatorName: String,
        _ operand: PatternJSON,
        _ json: PatternJSON
    ) throws(Fault)
        -> Alternative
    {
        switch operatorName {
        case "prefix":
            if let text = try Self.ignoringCase(operand, in: "prefix") {
                return .test(
                    .prefixIgnoringCase(CaseFoldedText(text)),
                    warning: Self.eventBridge("prefix ignoring case")
                )
            }
            return .test(.prefix(Array(try Self.string(operand, of: "prefix").utf8)), warning: nil)
        case "suffix":
            if let text = try Self.ignoringCase(operand, in: "suffix") {
                return .test(
                    .suffixIgnoringCase(CaseFoldedText(text)),
                    warning: Self.eventBridge("suffix ignoring case")
                )
            }
            return .test(.suffix(Array(try Self.string(operand, of: "suffix").utf8)), warning: nil)
        case "equals-ignore-case":
            let text = try Self.string(operand, of: "equals-ignore-case")
            return .test(.equalsIgnoringCase(CaseFoldedText(text)), warning: nil)
        case "anything-but": return try AnythingButReader.read(operand)
        case "numeric": return .test(.numeric(try NumericReader.read(operand)), warning: nil)
        case "exists":
            guard case .bool(let exists) = operand.value else {
                throw Fault(json: operand, reason: "exists takes true or false, not \(operand.kindText).")
            }
            return exists ? .test(.exists, warning: nil) : .absence
        case "cidr":
            guard let block = AddressBlock(try Self.string(operand, of: "cidr")) else {
                throw Fault(
                    json: operand,
                    reason:
                        "cidr takes an address, a slash and a number of bits below 32 (128 for IPv6): \"10.0.0.0/24\"."
                )
            }
            return .test(.addressBlock(block), warning: Self.eventBridge("cidr"))
        case "wildcard":
            return .test(.wildcard(try Self.wildcard(operand)), warning: Self.eventBridge("wildcard"))
        default:
            let isType = ["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"].contains(operatorName)
            throw Fault(
                json: json,
                reason: "there is no operator \"\(operatorName)\""
                    + (isType
                        ? "; a path goes through a list by itself, so write an object here instead of an array."
                        : "; there are prefix, suffix, equals-ignore-case, anything-but, numeric, exists, cidr and wildcard.")
            )
        }
    }

    // MARK: Pieces

    /// The one member of an object.
    static func onlyMember(_ members: [PatternJSON.Member], _ json: PatternJSON) throws(Fault) -> PatternJSON.Member {
        guard let member = members.first else {
            throw Fault(json: json, reason: "an empty object is not allowed.")
        }
        guard members.count == 1 else {
            let names = members.map { "\"\($0.name)\"" }.joined(separator: " and ")
            throw Fault(
                json: json,
                reason: "an object has one operator, not \(names); alternatives are objects of their own."
            )
        }
        return member
    }

    /// A text.
    static func string(_ json: PatternJSON, of name: String) throws(Fault) -> String {
        guard case .string(let text) = json.value else {
            throw Fault(json: json, reason: "\(name) takes a string, not \(json.kindText).")
        }
        return text
    }

    /// A number's value.
    static func number(_ json: PatternJSON) throws(Fault) -> DecimalDigits {
        guard case .number(let text) = json.value, let value = ValueTest.decimal(Array(text.utf8)[...]) else {
            throw Fault(json: json, reason: "a number is needed, not \(json.kindText).")
        }
        return value
    }

    /// A text with wildcards.
    static func wildcard(_ json: PatternJSON) throws(Fault) -> WildcardText {
        let text = try Self.string(json, of: "wildcard")
        do throws(WildcardText.Fault) {
            return try WildcardText(text)
        } catch {
            switch error {
            case .consecutiveAsterisks: throw Fault(json: json, reason: "two wildcards in a row are not allowed.")
            case .unknownEscape:
                throw Fault(
                    json: json,
                    reason: "in a wildcard a backslash stands before * or \\ only; in JSON it is written twice."
                )
            }
        }
    }

    /// What to say of an operator that EventBridge has.
    static func eventBridge(_ name: String) -> String {
        "\(name) is an operator of EventBridge; Lambda may reject it."
    }

    /// The text of `{"equals-ignore-case":"…"}`; nil if this is no object.
    private static func ignoringCase(_ json: PatternJSON, in name: String) throws(Fault) -> String? {
        guard case .object(let members) = json.value else { return nil }
        let member = try Self.onlyMember(members, json)
        guard member.name == "equals-ignore-case" else {
            throw Fault(
                json: json,
                reason: "\(name) takes a string, or {\"equals-ignore-case\":\"…\"}, not \"\(member.name)\"."
            )
        }
        return try Self.string(member.value, of: "equals-ignore-case")
    }
}
