// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// The two tables of the story: ingest writes raw messages to one, processing writes finished ones to the other.
package enum StoryTables {
    /// Finished messages; has the stream.
    package static let messages = "MessagesTable"
    /// Raw messages that wait to be processed; what is finished has to go.
    package static let staging = "StagingTable"
    /// The key of both.
    package static let keySchema = KeySchema(
        partition: KeyAttribute(name: "messageId", type: .string),
        sort: KeyAttribute(name: "createdAt", type: .number)
    )

    /// Creates both, on demand, the first with a stream of new and old images.
    package static func create(on api: any DynamoDBTableAPI) async throws(DynamoDBError) {
        _ = try await api.createTable(
            CreateTableRequest(
                tableName: Self.messages,
                keySchema: Self.keySchema,
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newAndOldImages)
            )
        )
        _ = try await api.createTable(
            CreateTableRequest(tableName: Self.staging, keySchema: Self.keySchema, billingMode: .payPerRequest)
        )
    }
}
