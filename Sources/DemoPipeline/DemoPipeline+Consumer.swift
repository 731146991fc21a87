// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CheckpointFiles
package import ConsumerEngine
import DynamoDBClient
package import DynamoDBModel
import LocalEndpoint
import RecordHandlers
package import StreamSession

extension DemoPipeline {
    /// When a demo's consumer ends by itself.
    package struct Limits: Sendable {
        /// When nothing was read for so long; nil: never.
        package var untilIdle: Duration?
        /// After so many records; nil: never.
        package var maxRecords: Int?
        /// After so long; nil: never.
        package var runFor: Duration?

        /// Creates limits.
        package init(untilIdle: Duration? = nil, maxRecords: Int? = nil, runFor: Duration? = nil) {
            self.untilIdle = untilIdle
            self.maxRecords = maxRecords
            self.runFor = runFor
        }
    }

    /// A consumer that deletes from staging what the stream of the messages table says is finished.
    ///
    /// - Parameters:
    ///   - limits: When it ends by itself.
    ///   - retention: How much of the session is kept for viewers.
    ///   - wrapping: Makes the handler that is used of the one that deletes.
    /// - Returns: A consumer that has not begun.
    /// - Throws: The endpoint's error, or why the tables do not suit.
    package func makeConsumer(
        limits: Limits,
        retention: SessionRetention,
        wrapping: (any RecordHandler) -> any RecordHandler = { $0 }
    ) async throws -> StreamConsumer {
        let table = try await self.client.describeTable(StoryTables.messages)
        guard let arn = table.latestStreamARN else {
            throw DynamoDBError(.resourceNotFound, "\(StoryTables.messages) has no stream")
        }
        let preflight = try await DeletePreflight.check(
            sourceTable: StoryTables.messages,
            stagingTable: StoryTables.staging,
            mode: self.configuration.deleteMode,
            region: Self.region,
            endpoint: self.endpoint,
            api: self.client
        )
        let keyNames = preflight.keySchema.attributes.map(\.name)
        let handler = DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: preflight.stagingTable,
                mode: preflight.mode,
                keyNames: keyNames,
                concurrency: self.configuration.concurrency,
                maximumWriteCapacity: self.configuration.maximumWriteCapacity,
                provisionedWriteCapacity: preflight.provisionedWriteCapacity
            ),
            api: self.client.reportingThrottles(),
            clock: self.clock,
            seed: self.configuration.seed
        )
        var configuration = ConsumerConfiguration(
            streamARN: arn,
            pipeline: "demo",
            startingPosition: self.configuration.startingPosition,
            batchSize: self.configuration.batchSize,
            batchWindow: self.configuration.batchWindow,
            eventNames: self.configuration.eventNames,
            filters: self.configuration.filters,
            untilIdle: limits.untilIdle,
            maxRecords: limits.maxRecords,
            runFor: limits.runFor,
            seed: self.configuration.seed,
            retention: retention
        )
        self.configuration.adjust(&configuration)
        return StreamConsumer(
            configuration: configuration,
            description: SessionDescription(
                pipeline: "demo",
                streamARN: arn,
                tableName: StoryTables.messages,
                viewType: table.streamViewType ?? .newAndOldImages,
                keyNames: keyNames,
                region: Self.region,
                endpoint: self.endpoint,
                handler: "delete from \(preflight.stagingTable) (\(preflight.mode.rawValue))",
                handlerWrites: true,
                startingPosition: self.configuration.startingPosition.rawValue,
                batchSize: self.configuration.batchSize,
                batchWindow: self.configuration.batchWindow,
                eventNames: ChangeKind.allCases.filter { self.configuration.eventNames.contains($0) },
                mapping: configuration.mappingSettings(onFailure: nil),
                provisionedWriteCapacity: preflight.provisionedWriteCapacity,
                maximumWriteCapacity: self.configuration.maximumWriteCapacity,
                toolVersion: self.configuration.toolVersion
            ),
            api: self.client.reportingReadFailures(),
            checkpoints: try CheckpointFile(
                path: self.configuration.checkpointFile,
                identity: CheckpointIdentity(
                    streamARN: arn,
                    pipeline: "demo",
                    handler: "delete:\(preflight.stagingTable)"
                )
            ),
            handler: wrapping(handler),
            clock: self.clock,
            logger: self.loggers.engine
        )
    }

    /// What the endpoint counted of deletes from staging since a moment, and what is left there now.
    ///
    /// - Parameter before: What it had counted at that moment.
    /// - Returns: The differences, and what is left.
    /// - Throws: The endpoint's error.
    package func endpointFigures(since before: DeleteCounts) async throws(DynamoDBError) -> EndpointFigures {
        let now = self.deleteCounts
        return EndpointFigures(
            batchWriteItemRequests: now.batchWriteItemRequests - before.batchWriteItemRequests,
            deleteItemRequests: now.deleteItemRequests - before.deleteItemRequests,
            itemsDeleted: now.itemsDeleted - before.itemsDeleted,
            stagingItemsLeft: try await self.stagingItems(),
            writeCapacityUnits: now.writeCapacityUnits - before.writeCapacityUnits
        )
    }

    /// What the request log says of staging now.
    package struct DeleteCounts: Hashable, Sendable {
        var batchWriteItemRequests: Int
        var deleteItemRequests: Int
        var itemsDeleted: Int
        var writeCapacityUnits: Double
    }

    /// What the request log says of staging now.
    package var deleteCounts: DeleteCounts {
        let log = self.requestLog
        let table = StoryTables.staging
        return DeleteCounts(
            batchWriteItemRequests: log.requests(operation: "BatchWriteItem", table: table),
            deleteItemRequests: log.requests(operation: "DeleteItem", table: table),
            itemsDeleted: log.itemsDeleted(table: table),
            writeCapacityUnits: log.writeCapacityUnits(operation: "BatchWriteItem", table: table)
                + log.writeCapacityUnits(operation: "DeleteItem", table: table)
        )
    }

    /// Writes on the messages table so far that make a stream record each, by single requests.
    package var streamWrites: Int {
        ["PutItem", "UpdateItem", "DeleteItem"].reduce(0) { sum, operation in
            sum + self.requestLog.requests(operation: operation, table: StoryTables.messages)
        }
    }

    /// Counts the items in staging, over HTTP like everybody else.
    package func stagingItems() async throws(DynamoDBError) -> Int {
        var count = 0
        var after: Item?
        repeat {
            let page = try await self.client.scan(
                ScanRequest(tableName: StoryTables.staging, exclusiveStartKey: after, countsOnly: true)
            )
            count += page.count
            after = page.lastEvaluatedKey
        } while after != nil
        return count
    }
}
