// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What came out of a simulation.
package struct SimulationFigures: Hashable, Sendable {
    /// Batches that were handed to the handler.
    package var invocations: Int
    /// Records in them.
    package var records: Int
    /// Requests of the handler, by operation.
    package var requests: [String: Int]
    /// Records of a batch.
    package var batchSizes: Distribution
    /// Milliseconds from the arrival of a record, or the beginning if it was there before, until its batch was done.
    package var delays: Distribution
    /// The most batches that were in the handler at once.
    package var mostRunning: Int
    /// Write units of the requests.
    package var writeUnits: Double
    /// The most of them in a second.
    package var mostWriteUnitsPerSecond: Double
    /// GetRecords calls.
    package var reads: Int
    /// Time in the handler, of all batches together.
    package var handlerTime: Duration

    /// Creates figures.
    package init(
        invocations: Int,
        records: Int,
        requests: [String: Int],
        batchSizes: Distribution,
        delays: Distribution,
        mostRunning: Int,
        writeUnits: Double,
        mostWriteUnitsPerSecond: Double,
        reads: Int,
        handlerTime: Duration
    ) {
        self.invocations = invocations
        self.records = records
        self.requests = requests
        self.batchSizes = batchSizes
        self.delays = delays
        self.mostRunning = mostRunning
        self.writeUnits = writeUnits
        self.mostWriteUnitsPerSecond = mostWriteUnitsPerSecond
        self.reads = reads
        self.handlerTime = handlerTime
    }

    /// Requests of all operations.
    package var requestCount: Int { self.requests.values.reduce(0, +) }
}
