// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBModel
import Testing

@Suite("The story")
struct StoryTests {
    private static func writes(seed: UInt64, rate: Double = 100, limit: Int? = 500) -> [StoryWrite] {
        var story = Story(seed: seed, rate: rate, limit: limit, start: StoryPreloader.start)
        var writes: [StoryWrite] = []
        var elapsed = Duration.zero
        while !story.isOver {
            elapsed += .milliseconds(50)
            writes += story.writes(until: elapsed)
        }
        return writes
    }

    @Test func aSeedAlwaysTellsTheSameStory() {
        #expect(Self.writes(seed: 7) == Self.writes(seed: 7))
        #expect(Self.writes(seed: 7) != Self.writes(seed: 8))
    }

    @Test func howOftenItIsAskedDoesNotChangeIt() {
        var story = Story(seed: 7, rate: 100, limit: 500, start: StoryPreloader.start)
        var writes: [StoryWrite] = []
        while !story.isOver { writes += story.writes(until: .seconds(3600)) }
        #expect(writes == Self.writes(seed: 7))
    }

    @Test func everyMessageIsIngestedOnceAndMostAreProcessed() {
        let writes = Self.writes(seed: 7)
        let ingested = writes.filter { $0.kind == .ingest }.map(\.message.id)
        #expect(ingested.count == 500)
        #expect(Set(ingested).count == 500)
        let processed = writes.filter { $0.kind == .process }.map(\.message.id)
        #expect((450..<500).contains(processed.count))
        #expect(Set(processed).isSubset(of: Set(ingested)))
        #expect(writes.contains { $0.kind == .remove })
        #expect(writes.contains { $0.kind == .modify(views: 2) })
    }

    @Test func aMessagesWritesComeInOrder() {
        func rank(_ kind: StoryWrite.Kind) -> Int {
            switch kind {
            case .ingest: 0
            case .process: 1
            case .modify(let views): 1 + views
            case .remove: 9
            }
        }
        var last: [String: Int] = [:]
        for write in Self.writes(seed: 3, limit: 2000) {
            let rank = rank(write.kind)
            #expect(rank > last[write.message.id, default: -1])
            last[write.message.id] = rank
        }
    }

    @Test func messagesComeAtTheRateOnAverage() {
        var story = Story(seed: 7, rate: 200, limit: nil, start: StoryPreloader.start)
        var elapsed = Duration.zero
        while elapsed < .seconds(80) {
            elapsed += .milliseconds(100)
            _ = story.writes(until: elapsed)
        }
        #expect((15_000...16_500).contains(story.arrivals))
    }

    @Test func idsNeverRepeat() {
        let ids = Set((0..<200_000).map { StoryMessage(number: $0, seed: 7, createdAt: StoryPreloader.start).id })
        #expect(ids.count == 200_000)
    }

    /// As in the recorded records of the story: keys `messageId` S and `createdAt` N, `event` a JSON text, `SizeBytes` near 173.
    @Test func aMessageHasTheStorysShape() throws {
        for number in 0..<200 {
            let message = StoryMessage(number: number, seed: 7, createdAt: StoryPreloader.start)
            let item = message.mainItem
            #expect(Set(item.keys) == ["messageId", "createdAt", "event"])
            guard case .string(let event) = item["event"] else {
                Issue.record("event is no text")
                return
            }
            let json = try JSONValue(parsing: Array(event.utf8), maximumDepth: 4, maximumBytes: 1000)
            guard case .object = json else {
                Issue.record("event is no JSON object: \(event)")
                return
            }
            let size = message.key.size.bytes + item.size.bytes
            #expect((163...183).contains(size))
        }
    }
}
