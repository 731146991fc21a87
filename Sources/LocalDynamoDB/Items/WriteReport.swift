// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

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
    /// The answer, or a refusal that costs capacity all the same: a condition did not hold.
    package var outcome: Result<Answer, DynamoDBError>
    /// What was written or used, one report a table.
    package var reports: [WriteReport]

    /// Reports a success.
    package init(answer: Answer, reports: [WriteReport]) {
        self.outcome = .success(answer)
        self.reports = reports
    }

    /// Reports a condition that did not hold.
    package init(refusal: DynamoDBError, reports: [WriteReport]) {
        self.outcome = .failure(refusal)
        self.reports = reports
    }

    /// The answer; throws the refusal.
    package var answer: Answer {
        get throws(DynamoDBError) { try self.outcome.get() }
    }
}
