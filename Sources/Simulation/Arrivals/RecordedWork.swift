// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import RecordHandlers
package import StreamSession

/// What the handler of a session did, as far as another run can be measured by it.
package struct RecordedWork: Hashable, Sendable {
    /// A batch with the time that one attempt at it took.
    package struct Handled: Hashable, Sendable {
        /// Its records.
        package var records: Int
        /// The time.
        package var time: Duration
    }

    /// No batch takes longer: records live for a day.
    private static let longest = Duration.seconds(86_400)

    /// Times of a request, one for each batch that had some: the time in the handler, divided by the requests.
    package private(set) var requestTimes: [Duration] = []
    /// All batches that were handled.
    package private(set) var handled: [Handled] = []
    /// Requests by operation.
    package private(set) var requests: [String: Int] = [:]

    /// Creates no work.
    package init() {}

    /// Takes in a batch that is over; one that was never handed out to its end tells nothing.
    package mutating func add(_ outcome: BatchOutcome) {
        if case .abandoned = outcome.result { return }
        var deletes = 0
        for (operation, count) in outcome.work.requests {
            self.requests[operation] = (self.requests[operation, default: 0] + count.plausible).plausible
            if DeleteMode.sending(operation) != nil { deletes = (deletes + count.plausible).plausible }
        }
        guard outcome.attempts > 0, outcome.records > 0 else { return }
        let time = min(max(.zero, outcome.handlerTime), Self.longest)
        self.handled.append(Handled(records: outcome.records.plausible, time: time / outcome.attempts))
        if deletes > 0 { self.requestTimes.append(time / deletes) }
    }

    /// How items were deleted, by the requests that were sent; nil: none were.
    package var deleteMode: DeleteMode? {
        let modes = self.requests.compactMap { request in DeleteMode.sending(request.key).map { ($0, request.value) } }
        return modes.max { ($0.1, $1.0.rawValue) < ($1.1, $0.0.rawValue) }?.0
    }
}
