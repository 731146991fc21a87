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

    /// Read capacity units a second of a provisioned staging table, enough for those who look at it meanwhile.
    package static let readCapacity = 1000

    /// Creates both, the first on demand and with a stream of new and old images.
    ///
    /// - Parameters:
    ///   - api: Where.
    ///   - stagingWriteCapacity: Write capacity units a second of the staging table; nil: on demand.
    /// - Throws: The service's error, as for a table that is there already.
    package static func create(
        on api: any DynamoDBTableAPI,
        stagingWriteCapacity: Int? = nil
    ) async throws(DynamoDBError) {
        _ = try await api.createTable(
            CreateTableRequest(
                tableName: Self.messages,
                keySchema: Self.keySchema,
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newAndOldImages)
            )
        )
        _ = try await api.createTable(
            CreateTableRequest(
                tableName: Self.staging,
                keySchema: Self.keySchema,
                billingMode: stagingWriteCapacity == nil ? .payPerRequest : .provisioned,
                provisionedThroughput: stagingWriteCapacity.map {
                    ProvisionedThroughput(readCapacityUnits: Self.readCapacity, writeCapacityUnits: $0)
                }
            )
        )
    }
}
