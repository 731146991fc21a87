// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine

/// How writing to an aggregate ended.
enum AggregateEnd: Sendable {
    case done
    /// The same batch again, after a while.
    case retry(reason: String)
    /// The batch cannot be added up: an attempt is used up.
    case failed(type: String, message: String)
    /// Nothing can be written.
    case stop(reason: String)

    /// The worse of two ends.
    func merged(with other: AggregateEnd) -> AggregateEnd {
        other.weight > self.weight ? other : self
    }

    private var weight: Int {
        switch self {
        case .done: 0
        case .retry: 1
        case .failed: 2
        case .stop: 3
        }
    }

    /// What the engine is told.
    var outcome: HandlerOutcome {
        switch self {
        case .done: .done
        case .retry(let reason): .retry(after: nil, reason: reason)
        case .failed(let type, let message): .responded(.failure(type: type, message))
        case .stop(let reason): .stop(reason: reason)
        }
    }
}
