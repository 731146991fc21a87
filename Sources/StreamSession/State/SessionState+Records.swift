// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

extension SessionState {
    /// Puts another record in the place of each one that is kept.
    package mutating func changeRecords(_ change: (StreamRecord) -> StreamRecord) {
        self.records.changeRecords(change)
        for index in self.batches.indices where !self.batches[index].description.records.isEmpty {
            self.batches[index].description.records = self.batches[index].description.records.map(change)
        }
        self.recordBytes = self.records.retainedBytes
    }

    /// Changes the batches that the records kept came with.
    package mutating func changeBatchesOfRecords(_ change: (inout BatchID) -> Void) {
        self.records.changeBatches(change)
    }
}
