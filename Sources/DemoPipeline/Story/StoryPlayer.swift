// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Plays the story in real time against the tables.
package struct StoryPlayer: Sendable {
    /// A turn that takes longer, because writes are throttled, does not move the story on any further.
    static let longestTurn = Duration.seconds(1)
    /// The pause before a write that the client has given up is tried again.
    static let pause = Duration.seconds(1)

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
    /// A write that may succeed later is tried until it does. What is held up comes later, and so does all behind it: the
    /// story then goes slower, as an application does whose table throttles it.
    /// Writes of one message keep their order: a turn's writes are split into rounds in which no message occurs twice.
    package func play(_ story: consuming Story) async throws {
        var told = Duration.zero
        var turn = self.clock.now
        while !story.isOver {
            let now = self.clock.now
            told += min(now.since(turn), Self.longestTurn)
            turn = now
            let writes = story.writes(until: told)
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
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, write) in writes.enumerated() {
                if index >= self.concurrency { try await group.next() }
                group.addTask { try await self.perform(write) }
            }
            try await group.waitForAll()
        }
    }

    private func perform(_ write: StoryWrite) async throws {
        while true {
            do throws(DynamoDBError) {
                return try await write.perform(on: self.api)
            } catch {
                guard error.isTransient else { throw error }
            }
            try await self.clock.sleep(for: Self.pause)
        }
    }
}
