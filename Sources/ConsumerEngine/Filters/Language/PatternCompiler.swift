// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Turns a pattern's JSON into rules: conditions of which all have to be met, in one rule of several where `$or` is used.
///
/// Goes through the pattern in the order of its text, as the engine behind AWS's patterns does: where two members lead
/// to the same path, the later one wins.
struct PatternCompiler {
    /// What the compiler found.
    struct Output: Hashable, Sendable {
        /// Every array of alternatives, in the order of the text.
        var conditions: [PatternCondition] = []
        /// Indices of conditions, in the order of the text.
        var rules: [[Int]] = []
        var warnings: [EventPatternWarning] = []
    }

    /// How many rules the `$or`s of a pattern may multiply to.
    ///
    /// Source: the quota of EventBridge for combinations of `$or`; for Lambda none is published.
    static let maximumRules = 1000

    /// Names that are operators: as names of fields inside `$or` they are refused by the engine.
    private static let reservedNames: Set<String> = [
        "exactly", "prefix", "suffix", "equals-ignore-case", "anything-but", "exists", "wildcard", "numeric", "cidr",
        "=", "<", "<=", ">", ">=", "regex",
    ]

    private let text: [UInt8]
    private var output = Output()
    /// Of each rule, the condition of each path.
    private var rules: [[[String]: Int]] = [[:]]

    /// Compiles a pattern.
    static func compile(_ text: [UInt8]) throws(EventPatternError) -> Output {
        let json: PatternJSON
        do throws(JSONFault) {
            json = try PatternJSON(parsing: text)
        } catch {
            let offset = error.offset.map { Self.characters(before: $0, in: text) }
            throw EventPatternError(offset: offset, reason: "this is not JSON: \(error.message).")
        }
        var compiler = PatternCompiler(text: text)
        guard case .object(let members) = json.value else {
            throw compiler.error(
                json,
                [],
                "a pattern is an object, {\"eventName\":[\"INSERT\"]}, not \(json.kindText)."
            )
        }
        try compiler.object(members, json, path: [], isInsideOr: false)
        // The order of the text, for explanations.
        compiler.output.rules = compiler.rules.map { $0.values.sorted() }
        compiler.output.warnings = PatternHints.warnings(for: compiler.output.conditions) + compiler.output.warnings
        return compiler.output
    }

    private init(text: [UInt8]) {
        self.text = text
    }

    private mutating func object(
        _ members: [PatternJSON.Member],
        _ json: PatternJSON,
        path: [String],
        isInsideOr: Bool
    ) throws(EventPatternError) {
        guard !members.isEmpty else { throw self.error(json, path, "an empty object is not allowed.") }
        for member in members {
            if member.name == "$or" {
                try self.alternatives(member.value, path: path)
                continue
            }
            let path = path + [member.name]
            if isInsideOr, Self.reservedNames.contains(member.name) {
                throw self.error(
                    member.value,
                    path,
                    "inside $or no field may have the name of an operator; repeat the pattern as a filter of its own."
                )
            }
            switch member.value.value {
            case .object(let members):
                try self.object(members, member.value, path: path, isInsideOr: isInsideOr)
            case .array(let elements):
                try self.condition(elements, member.value, path: path)
            default:
                let written = Self.text(self.text, member.value.range)
                throw self.error(member.value, path, "a value has to be in an array: write [\(written)].")
            }
        }
    }

    private mutating func alternatives(_ json: PatternJSON, path: [String]) throws(EventPatternError) {
        let orPath = path + ["$or"]
        guard case .array(let elements) = json.value else {
            throw self.error(json, orPath, "$or takes an array of two or more objects, not \(json.kindText).")
        }
        guard elements.count >= 2 else {
            throw self.error(
                json,
                orPath,
                "$or takes two or more objects, here \(elements.count == 1 ? "is one" : "are none")."
            )
        }
        guard self.rules.count * elements.count <= Self.maximumRules else {
            throw self.error(
                json,
                orPath,
                "the $or of this pattern multiply to more than \(Self.maximumRules) combinations; use several filters."
            )
        }
        let before = self.rules
        var after: [[[String]: Int]] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let members) = element.value else {
                throw self.error(element, orPath, "$or takes objects only, not \(element.kindText).", index: index)
            }
            guard !members.isEmpty else {
                throw self.error(element, orPath, "an empty object is not allowed.", index: index)
            }
            self.rules = before
            try self.object(members, element, path: path, isInsideOr: true)
            after += self.rules
        }
        // An $or inside one alternative multiplies as well.
        guard after.count <= Self.maximumRules else {
            throw self.error(
                json,
                orPath,
                "the $or of this pattern multiply to more than \(Self.maximumRules) combinations; use several filters."
            )
        }
        self.rules = after
    }

    private mutating func condition(
        _ elements: [PatternJSON],
        _ json: PatternJSON,
        path: [String]
    ) throws(EventPatternError) {
        guard !elements.isEmpty else { throw self.error(json, path, "an empty array is not allowed.") }
        var condition = PatternCondition(
            path: path,
            text: Self.text(self.text, json.range),
            offset: json.offset
        )
        for (index, element) in elements.enumerated() {
            let place = PatternPlace(path: path, index: index)
            do throws(OperatorReader.Fault) {
                switch try OperatorReader.read(element) {
                case .absence: condition.acceptsAbsence = true
                case .test(let test, let warning):
                    condition.tests.append(test)
                    if let warning {
                        self.output.warnings.append(
                            EventPatternWarning(kind: .lambdaMayReject, path: place.text, message: warning)
                        )
                    }
                }
            } catch {
                throw self.error(error.json, path, error.reason, index: index)
            }
        }
        let index = self.output.conditions.count
        self.output.conditions.append(condition)
        for rule in self.rules.indices { self.rules[rule][path] = index }
    }

    private func error(
        _ json: PatternJSON,
        _ path: [String],
        _ reason: String,
        index: Int? = nil
    ) -> EventPatternError {
        EventPatternError(
            path: PatternPlace(path: path, index: index).text,
            offset: Self.characters(before: json.offset, in: self.text),
            reason: reason
        )
    }

    private static func text(_ text: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }

    private static func characters(before offset: Int, in text: [UInt8]) -> Int {
        String(decoding: text[..<min(offset, text.count)], as: UTF8.self).unicodeScalars.count
    }
}

/// A place in a pattern, for people.
struct PatternPlace {
    var path: [String]
    var index: Int?

    var text: String {
        self.path.joined(separator: ".") + (self.index.map { "[\($0)]" } ?? "")
    }
}
