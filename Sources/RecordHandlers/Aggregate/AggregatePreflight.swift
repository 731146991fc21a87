// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What is checked, and shown to the user, before the first number is written.
package struct AggregatePreflight: Hashable, Sendable {
    /// The account of the table, from its ARN; nil if the ARN has none.
    package var account: String?
    /// The region.
    package var region: String
    /// The endpoint if it is not the service's own.
    package var endpoint: String?
    /// The stream's table.
    package var sourceTable: String
    /// The table that keeps the numbers.
    package var table: String
    /// Its partition key.
    package var keyName: String
    /// What is added up.
    package var definition: AggregateDefinition
    /// Whether the table keeps this aggregate already.
    package var goesOn: Bool
    /// Write capacity units per second of the table; nil if it is on demand.
    package var provisionedWriteCapacity: Int?

    /// Describes the table and compares what it keeps.
    ///
    /// - Parameters:
    ///   - sourceTable: The stream's table.
    ///   - table: The table that keeps the numbers, by name or ARN.
    ///   - definition: What is added up.
    ///   - region: The region in use.
    ///   - endpoint: The endpoint if it is not the service's own.
    ///   - api: Where the tables are.
    /// - Returns: What is going to happen.
    /// - Throws: ``AggregatePreflightError`` if nothing may be written.
    package static func check(
        sourceTable: String,
        table: String,
        definition: AggregateDefinition,
        region: String,
        endpoint: String?,
        api: any DynamoDBTableAPI
    ) async throws(AggregatePreflightError) -> AggregatePreflight {
        let target = try await AggregateTable.describe(table, api: api)
        guard target.tableName != sourceTable else {
            throw AggregatePreflightError(
                .sameTable,
                "\(table) is the stream's own table: each number written would be a record of the stream again. Name "
                    + "another table with --aggregate-table."
            )
        }
        let keyName = target.keySchema.partition.name
        for value in definition.values where value.name == keyName {
            throw AggregatePreflightError(
                .unfitName,
                "\(value.name) is the key of \(target.tableName), so no number can be kept there. Give it another name: "
                    + "--aggregate NAME=\(value.function)."
            )
        }
        let kept = try await AggregateTable.definitionItem(target, api: api)
        if let kept {
            guard case .string(let text)? = kept[AggregateKey.definitionAttribute], text == definition.json else {
                throw AggregatePreflightError(
                    .otherDefinition,
                    AggregateAgreement.refusal(target.tableName, holding: kept, not: definition)
                )
            }
        }
        let account = target.arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first
        return AggregatePreflight(
            account: account.map(String.init),
            region: region,
            endpoint: endpoint,
            sourceTable: sourceTable,
            table: target.tableName,
            keyName: keyName,
            definition: definition,
            goesOn: kept != nil,
            provisionedWriteCapacity: target.billingMode == .provisioned
                ? target.provisionedThroughput.writeCapacityUnits : nil
        )
    }

    /// What is going to happen, a line each, for people.
    package var lines: [String] {
        let parts = self.definition.writeShards
        let values = self.definition.values.map(\.description).joined(separator: ", ")
        return [
            "account        \(self.account ?? "-")",
            "region         \(self.region)",
            "endpoint       \(self.endpoint ?? "AWS")",
            "stream of      \(self.sourceTable)",
            "adds to        \(self.table)",
            "with           UpdateItem, one for each group of a batch",
            "values         \(values)",
            "groups         \(self.definition.group.map { "by \($0)" } ?? "one, \(AggregateKey.total)")"
                + (parts > 1 ? ", each over \(parts) items" : ""),
            "key            \(self.keyName) (S)",
            "for            \(self.definition.events.map(\.rawValue).joined(separator: ", "))",
            self.goesOn
                ? "state          goes on with the numbers that are there"
                : "state          begins: changes are added up, not what \(self.sourceTable) holds already",
        ]
    }
}
