// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Holds a rule against the part of a document that it names.
///
/// Every object, list element and condition is looked at once for each level of lists around it at most, so the time is
/// bounded by the sizes of document and pattern.
struct RuleMatcher {
    fileprivate let document: ProjectedDocument
    fileprivate let rule: RuleTree
    /// Which conditions are met because their value is missing.
    fileprivate var isAbsent: [Bool]

    /// Whether a document meets all conditions.
    static func matches(_ rule: RuleTree, _ document: ProjectedDocument) -> Bool {
        var matcher = RuleMatcher(
            document: document,
            rule: rule,
            isAbsent: [Bool](repeating: false, count: rule.conditions.count)
        )
        return matcher.object(0, 0)
    }

    /// Whether an object meets what is asked at and below a place.
    private mutating func object(_ place: Int, _ value: Int) -> Bool {
        var marked: [Int] = []
        for check in self.rule.nodes[place].absences
        where !self.isAbsent[check.slot] && !self.hasValue(check.steps[...], below: value) {
            self.isAbsent[check.slot] = true
            marked.append(check.slot)
        }
        defer { for slot in marked { self.isAbsent[slot] = false } }
        for child in self.rule.nodes[place].children where !self.member(child, of: value) { return false }
        return true
    }

    /// Whether the values of a member meet what is asked there and below.
    private mutating func member(_ place: Int, of object: Int) -> Bool {
        let path = self.rule.nodes[place].path
        if let slot = self.rule.nodes[place].slot, !self.isAbsent[slot] {
            let condition = self.rule.conditions[slot]
            let document = self.document
            let isMet = document.anyChild(of: object) { child in
                document.nodes[child].path == path && Self.accepts(condition, child, in: document)
            }
            guard isMet else { return false }
        }
        guard !self.rule.nodes[place].children.isEmpty else { return true }
        return self.allAreAbsent(below: place) || self.anyChild(of: object, path: path, meets: place)
    }

    /// Whether a value meets what is asked below a place: an object, or one element of a list.
    private mutating func value(_ place: Int, _ value: Int) -> Bool {
        switch self.document.nodes[value].kind {
        case .scalar: false
        case .object: self.object(place, value)
        case .array: self.anyChild(of: value, path: self.document.nodes[value].path, meets: place)
        }
    }

    private mutating func anyChild(of parent: Int, path: Int, meets place: Int) -> Bool {
        var child = self.document.nodes[parent].firstChild
        while child >= 0 {
            if self.document.nodes[child].path == path, self.value(place, child) { return true }
            child = self.document.nodes[child].next
        }
        return false
    }

    private func allAreAbsent(below place: Int) -> Bool {
        self.rule.nodes[place].children.allSatisfy { child in
            self.rule.nodes[child].slot.map { self.isAbsent[$0] } ?? true && self.allAreAbsent(below: child)
        }
    }

    private static func accepts(_ condition: PatternCondition, _ value: Int, in document: ProjectedDocument) -> Bool {
        switch document.nodes[value].kind {
        case .scalar(let scalar): condition.accepts(scalar)
        case .object: false
        case .array: document.anyChild(of: value) { Self.accepts(condition, $0, in: document) }
        }
    }

    /// Whether there is a value, neither object nor list, at a path below a value.
    private func hasValue(_ steps: ArraySlice<Int>, below value: Int) -> Bool {
        switch self.document.nodes[value].kind {
        case .scalar: return steps.isEmpty
        case .array: return self.document.anyChild(of: value) { self.hasValue(steps, below: $0) }
        case .object:
            guard let step = steps.first else { return false }
            return self.document.anyChild(of: value) {
                self.document.nodes[$0].path == step && self.hasValue(steps.dropFirst(), below: $0)
            }
        }
    }
}
