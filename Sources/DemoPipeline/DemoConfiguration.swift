// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
package import LocalEndpoint
package import RecordHandlers

/// The settings of a demo.
package struct DemoConfiguration: Sendable {
    /// Open shards of the messages table's stream, 1...256.
    package var shards: Int
    /// What messages and moments are made from.
    package var seed: UInt64
    /// Largest number of records in a batch, 1...10000.
    package var batchSize: Int
    /// How long a batch may gather, 0...300 s.
    package var batchWindow: Duration
    /// How staging is emptied.
    package var deleteMode: DeleteMode
    /// Requests of one batch in flight, 1...64.
    package var concurrency: Int
    /// The most write capacity units a second that deletes use; nil: no bound.
    package var maximumWriteCapacity: Int?
    /// Which events are handled; empty: all.
    package var eventNames: Set<ChangeKind>
    /// Which records of these are handled.
    package var filters: FilterCriteria
    /// Where shards begin.
    package var startingPosition: StartingPosition
    /// Write capacity units a second of the staging table; nil: on demand.
    package var stagingWriteCapacity: Int?
    /// What goes wrong, as soon as ``DemoPipeline/injectFaults()`` is called; drawn from ``seed``.
    package var faults: [FaultSpecification]
    /// The SQLite file that keeps positions; best in a folder that goes away with the demo.
    package var checkpointFile: String
    /// Changes the settings of the consumer that have no name here.
    package var adjust: @Sendable (inout ConsumerConfiguration) -> Void
    /// The tool's version, to be shown.
    package var toolVersion: String

    /// Creates settings.
    package init(
        shards: Int = 1,
        seed: UInt64 = 7,
        batchSize: Int = 100,
        batchWindow: Duration = .zero,
        deleteMode: DeleteMode = .batch,
        concurrency: Int = 4,
        maximumWriteCapacity: Int? = nil,
        eventNames: Set<ChangeKind> = [.insert],
        filters: FilterCriteria = .none,
        startingPosition: StartingPosition = .trimHorizon,
        stagingWriteCapacity: Int? = nil,
        faults: [FaultSpecification] = [],
        checkpointFile: String,
        adjust: @escaping @Sendable (inout ConsumerConfiguration) -> Void = { _ in },
        toolVersion: String
    ) {
        self.shards = shards
        self.seed = seed
        self.batchSize = batchSize
        self.batchWindow = batchWindow
        self.deleteMode = deleteMode
        self.concurrency = concurrency
        self.maximumWriteCapacity = maximumWriteCapacity
        self.eventNames = eventNames
        self.filters = filters
        self.startingPosition = startingPosition
        self.stagingWriteCapacity = stagingWriteCapacity
        self.faults = faults
        self.checkpointFile = checkpointFile
        self.adjust = adjust
        self.toolVersion = toolVersion
    }
}
