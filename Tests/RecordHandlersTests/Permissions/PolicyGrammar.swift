// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What IAM accepts as a policy: the parts of its grammar that Weir uses.
enum PolicyGrammar {
    /// What is wrong with a policy; empty: nothing.
    static func problems(of text: String) throws -> [String] {
        let policy = try JSONValue(parsing: Array(text.utf8))
        var problems: [String] = []
        // 6,144 characters without white space are the most of a managed policy.
        if JSONWriter.compact(policy).count > 6144 { problems.append("too long") }
        guard case .object(let members) = policy, members.map(\.name) == ["Version", "Statement"] else {
            return ["a policy has Version and Statement"]
        }
        if policy["Version"]?.string != "2012-10-17" { problems.append("version") }
        let statements = policy["Statement"]?.array ?? []
        if statements.isEmpty { problems.append("no statement") }
        let ids = statements.compactMap { $0["Sid"]?.string }
        if Set(ids).count != statements.count { problems.append("names of statements: \(ids)") }
        for statement in statements { problems += Self.problems(of: statement) }
        return problems
    }

    private static func problems(of statement: JSONValue) -> [String] {
        var problems: [String] = []
        guard case .object(let members) = statement,
            members.map(\.name) == ["Sid", "Effect", "Action", "Resource"]
        else { return ["members of a statement"] }
        if statement["Sid"]?.string?.wholeMatch(of: /[A-Za-z0-9]+/) == nil { problems.append("Sid") }
        if statement["Effect"]?.string != "Allow" { problems.append("Effect") }
        let actions = statement["Action"]?.array?.map(\.string) ?? []
        if actions.isEmpty || !actions.allSatisfy({ $0?.wholeMatch(of: /[a-z0-9]+:[A-Z][A-Za-z]+/) != nil }) {
            problems.append("Action: \(actions)")
        }
        let resources = statement["Resource"]?.array?.map(\.string) ?? []
        let isResource = { (text: String?) in
            text == "*" || text?.wholeMatch(of: /arn:aws(-[a-z-]+)?:[a-z0-9]+:[a-z0-9-]*:([0-9]{12})?:.+/) != nil
        }
        if resources.isEmpty || !resources.allSatisfy(isResource) { problems.append("Resource: \(resources)") }
        return problems
    }
}
