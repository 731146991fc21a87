// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Plays the story in real time against the tables.
package struct StoryPlayer: Sendable {
    private let api: any DynamoDBTableAPI
    private let clock: any SessionClock
    private let concurrency: Int

    /// Creates a player.
    ///
    /// - Parameters:
    ///   - api: Where the tables are.
    ///   - clock: The time.
    ///   - concurrency: Writes that may be in flight, at least 1.
    package init(api: any DynamoDBTableAPI, clock: any SessionClock, concurrency: Int = 8) {
        precondition(concurrency > 0, "a player that may not write")
        self.api = api
        self.clock = clock
        self.concurrency = concurrency
    }

    /// Writes until the story is over or the task is cancelled.
    ///
    /// Writes of one message keep their order: a turn's writes are split into rounds in which no message occurs twice.
    package func play(_ story: consuming Story) async throws {
        let start = self.clock.now
        while !story.isOver {
            let writes = story.writes(until: self.clock.now.since(start))
            if writes.isEmpty {
                try await self.clock.sleep(for: .milliseconds(20))
            } else {
                for round in Self.rounds(writes) { try await self.perform(round) }
            }
        }
    }

    static func rounds(_ writes: [StoryWrite]) -> [[StoryWrite]] {
        var rounds: [[StoryWrite]] = []
        var seen: [String: Int] = [:]
        for write in writes {
            let round = seen[write.message.id, default: 0]
            seen[write.message.id] = round + 1
            if round == rounds.count { rounds.append([]) }
            rounds[round].append(write)
        }
        return rounds
    }

    private func perform(_ writes: [StoryWrite]) async throws {
        let api = self.api
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, write) in writes.enumerated() {
                if index >= self.concurrency { try await group.next() }
                group.addTask { try await write.perform(on: api) }
            }
            try await group.waitForAll()
        }
    }
}
