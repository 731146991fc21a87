// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Writes the story's messages before anybody reads: raw ones to staging, finished ones to the messages table.
package struct StoryPreloader: Sendable {
    /// The moment at which preloaded messages begin, 2026-01-01T00:00:00Z: the same seed always gives the same items.
    package static let start = Timestamp(seconds: 1_767_225_600)
    private static let itemsPerRequest = 25

    private let api: any DynamoDBTableAPI
    private let concurrency: Int

    /// Creates a preloader.
    ///
    /// - Parameters:
    ///   - api: Where the tables are.
    ///   - concurrency: Requests that may be in flight, at least 1.
    package init(api: any DynamoDBTableAPI, concurrency: Int = 8) {
        precondition(concurrency > 0, "a preloader that may not write")
        self.api = api
        self.concurrency = concurrency
    }

    /// Writes messages 0..<count to both tables.
    ///
    /// - Parameters:
    ///   - count: Number of messages.
    ///   - seed: The story's seed.
    ///   - progress: Told now and then how many are written.
    /// - Throws: The endpoint's error, or `CancellationError`.
    package func load(
        count: Int,
        seed: UInt64,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var running = 0
            var written = 0
            for start in stride(from: 0, to: count, by: Self.itemsPerRequest) {
                if running >= self.concurrency, let done = try await group.next() {
                    running -= 1
                    written += done
                    progress(written)
                }
                let numbers = start..<min(start + Self.itemsPerRequest, count)
                running += 1
                group.addTask {
                    try await self.write(numbers, seed: seed)
                    return numbers.count
                }
            }
            for try await done in group {
                written += done
                progress(written)
            }
        }
    }

    private func write(_ numbers: Range<Int>, seed: UInt64) async throws {
        let messages = numbers.map { number in
            StoryMessage(
                number: number,
                seed: seed,
                createdAt: Timestamp(milliseconds: Self.start.milliseconds + Int64(number))
            )
        }
        // Staging first: that is the order in which the story writes.
        try await self.put(messages.map { .put($0.rawItem) }, into: StoryTables.staging)
        try await self.put(messages.map { .put($0.mainItem) }, into: StoryTables.messages)
    }

    private func put(_ writes: [WriteRequest], into table: String) async throws {
        var writes = writes
        while !writes.isEmpty {
            try Task.checkCancellation()
            let result = try await self.api.batchWriteItem(BatchWriteItemRequest(requestItems: [table: writes]))
            writes = result.unprocessedItems.values.flatMap(\.self)
        }
    }
}
