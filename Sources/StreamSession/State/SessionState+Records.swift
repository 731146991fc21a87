// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

extension SessionState {
    /// Puts another record in the place of each one that is kept.
    package mutating func changeRecords(_ change: (StreamRecord) -> StreamRecord) {
        for index in self.records.indices { self.records[index].record = change(self.records[index].record) }
        for index in self.batches.indices where !self.batches[index].description.records.isEmpty {
            self.batches[index].description.records = self.batches[index].description.records.map(change)
        }
        self.recordBytes = self.records.reduce(0) { $0 + $1.record.retainedBytes }
    }
}
