// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// An IAM policy that allows actions on resources, and nothing else.
package struct PolicyDocument: Hashable, Sendable {
    /// One statement; its effect is Allow.
    package struct Statement: Hashable, Sendable {
        /// A name within the policy: letters and digits.
        package var id: String
        /// Actions, `dynamodb:GetRecords`, at least one.
        package var actions: [String]
        /// ARNs, or `*` alone; at least one.
        ///
        /// In an ARN, `*` and `?` stand for any text and any character.
        package var resources: [String]

        /// Creates a statement.
        package init(_ id: String, _ actions: [String], on resources: [String]) {
            precondition(!actions.isEmpty && !resources.isEmpty, "a statement without actions or resources")
            self.id = id
            self.actions = actions
            self.resources = resources
        }
    }

    /// The statements, with different names.
    package var statements: [Statement]

    /// Creates a policy.
    package init(_ statements: [Statement]) {
        self.statements = statements
    }

    /// The policy in JSON on many lines, as IAM takes it.
    package var text: String {
        JSONWriter.pretty(
            .object([
                .init("Version", .string("2012-10-17")),
                .init("Statement", .array(self.statements.map(Self.json))),
            ])
        )
    }

    private static func json(_ statement: Statement) -> JSONValue {
        .object([
            .init("Sid", .string(statement.id)), .init("Effect", .string("Allow")),
            .init("Action", .array(statement.actions.map { .string($0) })),
            .init("Resource", .array(statement.resources.map { .string($0) })),
        ])
    }
}
