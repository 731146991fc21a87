// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A table that can keep an aggregate: one text is its key.
enum AggregateTable {
    static func describe(
        _ table: String,
        api: any DynamoDBTableAPI
    ) async throws(AggregatePreflightError) -> TableDescription {
        let description: TableDescription
        do throws(DynamoDBError) {
            description = try await api.describeTable(table)
        } catch {
            guard error.code == .resourceNotFound else {
                throw AggregatePreflightError(.notReachable, "cannot describe \(table): \(error)")
            }
            throw AggregatePreflightError(
                .missingTable,
                """
                the aggregate table \(table) does not exist in this account and region. Check the name, --region and \
                --profile, or create it: \
                aws dynamodb create-table --table-name \(table) --billing-mode PAY_PER_REQUEST \
                --attribute-definitions AttributeName=group,AttributeType=S --key-schema AttributeName=group,KeyType=HASH
                """
            )
        }
        let schema = description.keySchema
        guard schema.partition.type == .string, schema.sort == nil else {
            let key = schema.attributes.map { "\($0.name) (\($0.type.rawValue))" }.joined(separator: ", ")
            throw AggregatePreflightError(
                .unfitKey,
                "the key of \(description.tableName) is \(key): an aggregate needs a table whose key is one attribute of "
                    + "type S, of any name, without a sort key."
            )
        }
        return description
    }

    /// The item that holds the definition; nil: the table keeps no aggregate so far.
    static func definitionItem(
        _ table: TableDescription,
        api: any DynamoDBTableAPI
    ) async throws(AggregatePreflightError) -> Item? {
        do throws(DynamoDBError) {
            let request = GetItemRequest(
                tableName: table.tableName,
                key: [table.keySchema.partition.name: .string(AggregateKey.definition)],
                isConsistent: true
            )
            return try await api.getItem(request).attributes
        } catch {
            throw AggregatePreflightError(.notReachable, "cannot read \(table.tableName): \(error)")
        }
    }
}
