// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a write did to one table, counted by the store and not by the client.
package struct WriteReport: Hashable, Sendable {
    /// The table's name.
    package var table: String
    /// Items that were there and are gone.
    package var itemsDeleted = 0
    /// Items put or changed.
    package var itemsWritten = 0
    /// Write capacity units used.
    package var writeCapacityUnits = 0.0

    /// Creates a report of nothing.
    package init(table: String) {
        self.table = table
    }
}

/// An answer with what its operation did.
package struct Reported<Answer: Sendable>: Sendable {
    /// The answer.
    package var answer: Answer
    /// What was written, one report a table.
    package var reports: [WriteReport]
}
