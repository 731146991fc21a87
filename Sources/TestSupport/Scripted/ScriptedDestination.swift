// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
import Synchronization

/// A failure destination that notes what it is told and fails as a test says.
package final class ScriptedDestination: FailureDestination {
    private let told = Mutex<[DiscardedBatch]>([])
    private let answer: @Sendable (_ delivery: Int) async throws -> Void

    /// Creates a destination.
    ///
    /// - Parameter answer: Given the number of the message, from 0. Default: it is taken.
    package init(_ answer: @escaping @Sendable (_ delivery: Int) async throws -> Void = { _ in }) {
        self.answer = answer
    }

    /// Every message that came.
    package var messages: [DiscardedBatch] {
        self.told.withLock { $0 }
    }

    /// Notes and answers.
    package func deliver(_ discarded: DiscardedBatch) async throws {
        let number = self.told.withLock { told in
            told.append(discarded)
            return told.count - 1
        }
        try await self.answer(number)
    }
}
