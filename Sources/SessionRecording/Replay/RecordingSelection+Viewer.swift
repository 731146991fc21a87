// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
public import StreamSession

extension RecordingSelection {
    /// What a viewer has chosen: whole batches, or records of theirs.
    public init(_ selection: ReplaySelection) {
        self.init(
            batches: Set(selection.parts.map(\.batch)),
            records: selection.isOfBatches ? [] : Set(selection.parts.flatMap { $0.records.map(\.eventID) })
        )
    }
}
