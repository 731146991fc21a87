// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@testable import weir

struct CompanionTests {
    private static let cancelled = DynamoDBError(.internalServerError, "the call was cancelled")

    @Test func whatIsThrownOnceItIsCancelledIsNoFailure() async throws {
        let task = Task {
            try await Companion.run {
                while !Task.isCancelled { await Task.yield() }
                throw Self.cancelled
            }
        }
        task.cancel()
        try await task.value
    }

    @Test func whatIsThrownBeforeIsOne() async {
        await #expect(throws: Self.cancelled) { try await Companion.run { throw Self.cancelled } }
    }
}
