// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

/// What the engine counted.
package struct EngineFigures: Hashable, Sendable {
    /// INSERT records handled.
    package var insertRecords: Int
    /// Batches handled.
    package var batches: Int
    /// BatchWriteItem requests sent.
    package var batchWriteItemRequests: Int
    /// DeleteItem requests sent.
    package var deleteItemRequests: Int
    /// Deletes that were accepted.
    package var itemsDeleted: Int
    /// Write capacity units that the answers told.
    package var writeCapacityUnits: Double

    /// Creates figures.
    package init(
        insertRecords: Int,
        batches: Int,
        batchWriteItemRequests: Int,
        deleteItemRequests: Int,
        itemsDeleted: Int,
        writeCapacityUnits: Double
    ) {
        self.insertRecords = insertRecords
        self.batches = batches
        self.batchWriteItemRequests = batchWriteItemRequests
        self.deleteItemRequests = deleteItemRequests
        self.itemsDeleted = itemsDeleted
        self.writeCapacityUnits = writeCapacityUnits
    }

    /// Takes the figures of a session that handled nothing but INSERT records.
    package init(_ totals: SessionTotals) {
        self.init(
            insertRecords: totals.succeeded,
            batches: totals.batchesSucceeded,
            batchWriteItemRequests: totals.work.requests["BatchWriteItem", default: 0],
            deleteItemRequests: totals.work.requests["DeleteItem", default: 0],
            itemsDeleted: totals.work.itemsDeleted,
            writeCapacityUnits: totals.work.writeCapacityUnits
        )
    }
}
