// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

/// What a session's handler does, as far as that decides which figures it has: one that can never have a value is not shown.
package enum HandlerDeed: Hashable, Sendable, CaseIterable {
    /// Changes nothing.
    case observe
    /// Deletes items of a table.
    case delete
    /// Keeps numbers in the items of a table.
    case aggregate
    /// Deletes objects of buckets.
    case deleteObjects
    /// Runs a program.
    case command
    /// Invokes a function.
    case function
    /// Something else, by somebody who wrote a handler of their own.
    case other

    /// Whether something is deleted.
    var hasDeletes: Bool { self == .delete || self == .deleteObjects }

    /// Whether it takes write capacity of a table.
    var hasCapacity: Bool { self == .delete || self == .aggregate }

    /// Whether one request does what single records would need several for.
    var hasSaving: Bool { self == .delete || self == .aggregate || self == .deleteObjects }

    /// Whether the number of requests of a batch says something: one that is invoked is invoked once an attempt.
    var hasRequests: Bool { self.hasSaving || self == .other }

    /// Whether the time in the handler is what people want to see of it.
    var hasHandlerTime: Bool { self == .deleteObjects || self == .command || self == .function || self == .other }

    /// What its requests are called where their rate is shown; nil where other figures say it.
    var requestWord: String? {
        switch self {
        case .aggregate, .other: "requests"
        case .command: "runs"
        case .function: "invocations"
        case .observe, .delete, .deleteObjects: nil
        }
    }
}

extension SessionState {
    /// What its handler does: by the first words that it is described with, else by what it has done.
    package var deed: HandlerDeed {
        let work = self.totals.work
        guard self.description?.handlerWrites == true || !work.requests.isEmpty else { return .observe }
        let words = self.description?.handler.split(separator: " ", maxSplits: 2).prefix(2) ?? []
        switch (words.first, words.last) {
        case ("delete", "from"): return .delete
        case ("delete", "objects"): return .deleteObjects
        case ("aggregate", _): return .aggregate
        case ("command", _): return .command
        case ("function", _): return .function
        default: return work.itemsDeleted > 0 ? .delete : work.writeCapacityUnits > 0 ? .aggregate : .other
        }
    }

    /// Time in the handler of the newest batch that is over; nil before the first.
    var newestHandlerTime: Duration? {
        self.batches.last { $0.outcome != nil }?.outcome?.handlerTime
    }
}
