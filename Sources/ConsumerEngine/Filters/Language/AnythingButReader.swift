// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Reads what `anything-but` excludes.
enum AnythingButReader {
    typealias Fault = OperatorReader.Fault

    /// Reads a value, a list of values of one type, or an object with an operator whose operand is either.
    static func read(_ json: PatternJSON) throws(Fault) -> OperatorReader.Alternative {
        guard case .object(let members) = json.value else {
            return .test(.anythingBut(try Self.plain(json)), warning: nil)
        }
        let member = try OperatorReader.onlyMember(members, json)
        let name = member.name
        var tests: [ValueTest] = []
        for element in try Self.elements(member.value) {
            switch name {
            case "prefix": tests.append(.prefix(Array(try Self.part(element, of: name).utf8)))
            case "suffix": tests.append(.suffix(Array(try Self.part(element, of: name).utf8)))
            case "equals-ignore-case":
                tests.append(.equalsIgnoringCase(CaseFoldedText(try OperatorReader.string(element, of: name))))
            case "wildcard": tests.append(.wildcard(try OperatorReader.wildcard(element)))
            default:
                throw Fault(
                    json: json,
                    reason:
                        "anything-but takes values, prefix, suffix, equals-ignore-case or wildcard, not \"\(name)\"."
                )
            }
        }
        return .test(.anythingBut(tests), warning: OperatorReader.eventBridge("anything-but with \(name)"))
    }

    /// Only strings or only numbers.
    private static func plain(_ json: PatternJSON) throws(Fault) -> [ValueTest] {
        var tests: [ValueTest] = []
        var hasString = false
        var hasNumber = false
        for element in try Self.elements(json) {
            switch element.value {
            case .string(let text):
                hasString = true
                tests.append(.string(Array(text.utf8)))
            case .number:
                hasNumber = true
                tests.append(.number(try OperatorReader.number(element)))
            default:
                throw Fault(json: element, reason: "anything-but takes strings or numbers, not \(element.kindText).")
            }
        }
        guard !hasString || !hasNumber else {
            throw Fault(json: json, reason: "a list of anything-but holds only strings or only numbers, not both.")
        }
        return tests
    }

    private static func elements(_ json: PatternJSON) throws(Fault) -> [PatternJSON] {
        guard case .array(let elements) = json.value else { return [json] }
        guard !elements.isEmpty else { throw Fault(json: json, reason: "a list of anything-but must not be empty.") }
        return elements
    }

    private static func part(_ json: PatternJSON, of name: String) throws(Fault) -> String {
        let text = try OperatorReader.string(json, of: name)
        guard !text.isEmpty else {
            throw Fault(json: json, reason: "anything-but with an empty \(name) excludes every string.")
        }
        return text
    }
}
