// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import RecordHandlers
import StreamSession

/// What a simulation is run with.
package struct SimulationSettings: Hashable, Sendable {
    /// Largest number of records in a batch.
    package var batchSize: Int
    /// How long a batch may gather.
    package var batchWindow: Duration
    /// Batches of one shard that are handled at once.
    package var parallelizationFactor: Int
    /// How a delete handler deletes; nil: the handler is another one, of which only the time is known.
    package var deleteMode: DeleteMode?

    /// Creates settings.
    package init(batchSize: Int, batchWindow: Duration, parallelizationFactor: Int, deleteMode: DeleteMode?) {
        self.batchSize = batchSize
        self.batchWindow = batchWindow
        self.parallelizationFactor = parallelizationFactor
        self.deleteMode = deleteMode
    }

    /// The settings that a session had.
    package init(of arrivals: RecordedArrivals) {
        self.init(
            batchSize: arrivals.description.batchSize,
            batchWindow: arrivals.description.batchWindow,
            parallelizationFactor: arrivals.description.mapping.parallelizationFactor,
            deleteMode: arrivals.deleteMode
        )
    }
}

extension RecordedArrivals {
    /// How the session deleted; nil: its handler did something else.
    package var deleteMode: DeleteMode? {
        guard self.description.handler.hasPrefix("delete from ") else { return nil }
        return self.work.deleteMode ?? (self.description.handler.contains("(item") ? .item : .batch)
    }
}
