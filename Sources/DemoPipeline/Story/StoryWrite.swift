// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// One write of the story, due at a moment.
package struct StoryWrite: Hashable, Sendable {
    /// What is written.
    package enum Kind: Hashable, Sendable {
        /// Ingest puts the raw message into the staging table.
        case ingest
        /// Processing puts the finished message into the messages table.
        case process
        /// Somebody reads the message: `status` and `views` change.
        case modify(views: Int)
        /// Somebody deletes the message.
        case remove
    }

    /// The message.
    package var message: StoryMessage
    /// What is done.
    package var kind: Kind

    /// Creates a write.
    package init(message: StoryMessage, kind: Kind) {
        self.message = message
        self.kind = kind
    }

    /// Performs the write.
    package func perform(on api: any DynamoDBTableAPI) async throws(DynamoDBError) {
        switch self.kind {
        case .ingest:
            _ = try await api.putItem(PutItemRequest(tableName: StoryTables.staging, item: self.message.rawItem))
        case .process:
            _ = try await api.putItem(PutItemRequest(tableName: StoryTables.messages, item: self.message.mainItem))
        case .modify(let views):
            _ = try await api.updateItem(
                UpdateItemRequest(
                    tableName: StoryTables.messages,
                    key: self.message.key,
                    updateExpression: "SET #s = :s, #v = :v",
                    attributeNames: ["#s": "status", "#v": "views"],
                    attributeValues: [
                        ":s": .string(views > 1 ? "read again" : "read"),
                        ":v": .number(StoryMessage.number(Int64(views))),
                    ]
                )
            )
        case .remove:
            _ = try await api.deleteItem(DeleteItemRequest(tableName: StoryTables.messages, key: self.message.key))
        }
    }
}
