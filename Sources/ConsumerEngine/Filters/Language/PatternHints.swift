// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Finds conditions that are valid and nevertheless not what their author meant.
enum PatternHints {
    private static let members: Set<String> = [
        "eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb", "eventSourceARN",
        "userIdentity",
    ]
    private static let changeMembers: Set<String> = [
        "ApproximateCreationDateTime", "Keys", "NewImage", "OldImage", "SequenceNumber", "SizeBytes", "StreamViewType",
    ]

    static func warnings(for conditions: [PatternCondition]) -> [EventPatternWarning] {
        conditions.compactMap { condition in
            guard let reason = Self.reason(condition) else { return nil }
            let kind = condition.acceptsAbsence ? EventPatternWarning.Kind.alwaysMatches : .neverMatches
            let effect =
                kind == .alwaysMatches ? "exists false is true for every record" : "no record fulfils this"
            return EventPatternWarning(kind: kind, path: condition.name, message: "\(effect): \(reason)")
        }
    }

    /// Why no record has a value there that passes; nil if one might.
    private static func reason(_ condition: PatternCondition) -> String? {
        let path = condition.path
        // A name with a point may be a path.
        guard let first = path.first, !path.contains(where: { $0.contains(".") }) else { return nil }
        guard Self.members.contains(first) else {
            return "a record has no member \"\(first)\"; \(Self.likely(first, of: Self.members))."
        }
        if first == "userIdentity", path.count > 1, path[1] != "type", path[1] != "principalId" {
            return "userIdentity has the members type and principalId, in small letters."
        }
        guard first == "dynamodb", path.count > 1 else { return nil }
        guard Self.changeMembers.contains(path[1]) else {
            return "dynamodb has no member \"\(path[1])\"; \(Self.likely(path[1], of: Self.changeMembers))."
        }
        guard ["Keys", "NewImage", "OldImage"].contains(path[1]) else { return nil }
        if path.count == 3 {
            return "an attribute is an object with its type, so write {\"\(path[2])\":{\"S\":\(condition.text)}}."
        }
        if let type = path.last, path.count > 3, type == "N" || type == "NS", !condition.acceptsAbsence,
            condition.tests.allSatisfy(Self.wantsNumber)
        {
            return
                "numbers of DynamoDB are JSON strings in a record, so write [\"5\"] instead of [5]; numeric never matches."
        }
        return nil
    }

    private static func wantsNumber(_ test: ValueTest) -> Bool {
        switch test {
        case .number, .numeric: true
        default: false
        }
    }

    private static func likely(_ name: String, of names: Set<String>) -> String {
        if let other = names.first(where: { $0.lowercased() == name.lowercased() }) { return "there is \"\(other)\"" }
        return "there are \(names.sorted().joined(separator: ", "))"
    }
}
