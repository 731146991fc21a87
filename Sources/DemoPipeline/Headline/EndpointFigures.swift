// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What the endpoint saw of the deletes, counted by its own request log.
package struct EndpointFigures: Hashable, Sendable {
    /// BatchWriteItem requests that delete from staging.
    package var batchWriteItemRequests: Int
    /// DeleteItem requests on staging.
    package var deleteItemRequests: Int
    /// Items that were there and are gone from staging.
    package var itemsDeleted: Int
    /// Items still in staging.
    package var stagingItemsLeft: Int
    /// Write capacity units of those deletes.
    package var writeCapacityUnits: Double

    /// Creates figures.
    package init(
        batchWriteItemRequests: Int,
        deleteItemRequests: Int,
        itemsDeleted: Int,
        stagingItemsLeft: Int,
        writeCapacityUnits: Double
    ) {
        self.batchWriteItemRequests = batchWriteItemRequests
        self.deleteItemRequests = deleteItemRequests
        self.itemsDeleted = itemsDeleted
        self.stagingItemsLeft = stagingItemsLeft
        self.writeCapacityUnits = writeCapacityUnits
    }
}
