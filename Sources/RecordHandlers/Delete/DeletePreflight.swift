// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What is checked, and shown to the user, before the first delete.
package struct DeletePreflight: Hashable, Sendable {
    /// The account of the staging table, from its ARN; nil if the ARN has none.
    package var account: String?
    /// The region.
    package var region: String
    /// The endpoint if it is not the service's own.
    package var endpoint: String?
    /// The stream's table.
    package var sourceTable: String
    /// The table that is deleted from.
    package var stagingTable: String
    /// The staging table's ARN.
    package var stagingARN: String
    /// How it is deleted.
    package var mode: DeleteMode
    /// The key that both tables have.
    package var keySchema: KeySchema
    /// Write capacity units per second of the staging table; nil if it is on demand.
    package var provisionedWriteCapacity: Int?

    /// Describes both tables and compares them.
    ///
    /// - Parameters:
    ///   - sourceTable: The stream's table.
    ///   - stagingTable: The table to delete from, by name or ARN.
    ///   - mode: How it is deleted.
    ///   - region: The region in use.
    ///   - endpoint: The endpoint if it is not the service's own.
    ///   - api: Where the tables are.
    /// - Returns: What is going to happen.
    /// - Throws: ``DeletePreflightError`` if nothing may be deleted.
    package static func check(
        sourceTable: String,
        stagingTable: String,
        mode: DeleteMode,
        region: String,
        endpoint: String?,
        api: any DynamoDBTableAPI
    ) async throws(DeletePreflightError) -> DeletePreflight {
        let source = try await Self.describe(sourceTable, role: "the stream's table", api: api)
        let staging = try await Self.describe(stagingTable, role: "the staging table", api: api)
        guard source.arn != staging.arn, source.tableName != staging.tableName else {
            throw DeletePreflightError(
                .sameTable,
                "\(stagingTable) is the stream's own table: every item would be deleted as soon as it is written. "
                    + "Name another table with --staging."
            )
        }
        guard source.keySchema == staging.keySchema else {
            throw DeletePreflightError(
                .differentKeys,
                "the keys of \(source.tableName) (\(Self.text(source.keySchema))) and of \(staging.tableName) "
                    + "(\(Self.text(staging.keySchema))) differ, so its items cannot be named by the stream's keys. "
                    + "Names and types must be the same."
            )
        }
        let account = staging.arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first
        return DeletePreflight(
            account: account.map(String.init),
            region: region,
            endpoint: endpoint,
            sourceTable: source.tableName,
            stagingTable: staging.tableName,
            stagingARN: staging.arn,
            mode: mode,
            keySchema: staging.keySchema,
            provisionedWriteCapacity: staging.billingMode == .provisioned
                ? staging.provisionedThroughput.writeCapacityUnits : nil
        )
    }

    /// What is going to happen, a line each, for people.
    package var lines: [String] {
        [
            "account        \(self.account ?? "-")",
            "region         \(self.region)",
            "endpoint       \(self.endpoint ?? "AWS")",
            "stream of      \(self.sourceTable)",
            "deletes from   \(self.stagingTable)",
            "with           \(self.mode == .batch ? "BatchWriteItem, up to 25 keys a request" : "DeleteItem, one key a request")",
            "key            \(Self.text(self.keySchema))",
        ]
    }

    /// A key as text, `messageId (S), createdAt (N)`.
    package static func text(_ schema: KeySchema) -> String {
        schema.attributes.map { "\($0.name) (\($0.type.rawValue))" }.joined(separator: ", ")
    }

    private static func describe(
        _ table: String,
        role: String,
        api: any DynamoDBTableAPI
    ) async throws(DeletePreflightError) -> TableDescription {
        do throws(DynamoDBError) {
            return try await api.describeTable(table)
        } catch {
            guard error.code == .resourceNotFound else {
                throw DeletePreflightError(.notReachable, "cannot describe \(role) \(table): \(error)")
            }
            throw DeletePreflightError(
                .missingTable,
                "\(role) \(table) does not exist in this account and region. Check the name, --region and --profile."
            )
        }
    }
}
