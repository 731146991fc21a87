// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import Testing

@testable import SessionRecording

/// The sessions in `recordings/` open, are whole, and show what their page says.
@Suite(.timeLimit(.minutes(1)))
struct ShippedRecordingTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("recordings")

    private static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".weir") }.sorted()
    }

    /// What happened, and the state at the end.
    private static func session(_ name: String) throws -> (kinds: [SessionEvent.Kind], state: SessionState) {
        let reader = try RecordingReader(path: Self.folder.appendingPathComponent(name).path)
        var kinds: [SessionEvent.Kind] = []
        var after: UInt64 = 0
        while case let events = try reader.events(after: after), let last = events.last {
            kinds += events.map(\.kind)
            after = last.sequence
        }
        return (kinds, try reader.finalState())
    }

    private static func records(_ kinds: [SessionEvent.Kind]) -> [StreamRecord] {
        kinds.flatMap { kind -> [StreamRecord] in
            guard case .batchFormed(let batch) = kind else { return [] }
            return batch.records
        }
    }

    @Test func thePageNamesEachOfThem() throws {
        let page = try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(named.sorted() == (try Self.names()))
        #expect(named.count == 6)
    }

    @Test func eachIsWholeAndSmall() throws {
        for name in try Self.names() {
            let path = Self.folder.appendingPathComponent(name).path
            let reader = try RecordingReader(path: path)
            #expect(try reader.extent().isSealed, "\(name)")
            let (kinds, state) = try Self.session(name)
            #expect(!kinds.contains { if case .gap = $0 { true } else { false } }, "\(name)")
            #expect(state.endedBecause != nil, "\(name)")
            #expect(state.totals.dataLosses == 0, "\(name)")
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? .max
            #expect(size < 400_000, "\(name): \(size) bytes")
            // Programs are named as they were started.
            let handler = try #require(state.description?.handler)
            #expect(!handler.contains(" /"), "\(name) names a path of the machine it was made on: \(handler)")
        }
    }

    @Test func theHeadlineRunIsTheStoryInSmall() throws {
        let totals = try Self.session("headline.weir").state.totals
        #expect(totals.succeeded == 2000)
        #expect(totals.batchesSucceeded == 20)
        #expect(totals.work.requests["BatchWriteItem"] == 80)
        #expect(totals.work.itemsDeleted == 2000)
    }

    @Test func theHotShardHasMostOfTheRecords() throws {
        let state = try Self.session("hot-shard.weir").state
        let records = state.shards.map(\.totals.polled).sorted()
        #expect(records.count == 4)
        #expect(records.reduce(0, +) == 700)
        #expect((records.last ?? 0) * 2 > 700)
    }

    @Test func thePoisonRecordIsFoundByHalving() throws {
        let (kinds, state) = try Self.session("poison-record.weir")
        #expect(state.totals.succeeded == 59)
        #expect(state.totals.dropped == 1)
        #expect(state.totals.splits == 4)
        let discards = kinds.compactMap { if case .discarded(let discard) = $0 { discard } else { nil } }
        #expect(discards.map(\.records) == [1])
        #expect(discards.first?.message == .delivered)
        let poison = try Self.records(kinds).filter { try $0.newImage?.decoded()["poison"] != nil }
        #expect(poison.count == 1)
    }

    @Test func theThrottledHandlerSlowsDown() throws {
        let (kinds, state) = try Self.session("throttling.weir")
        #expect(state.totals.work.unprocessedItems > 0)
        #expect(kinds.contains { if case .paced = $0 { true } else { false } })
        #expect(state.totals.dropped == 0)
    }

    @Test func parentsEndBeforeTheirChildrenAreRead() throws {
        let (kinds, state) = try Self.session("reshard.weir")
        let children = state.shards.filter { $0.description.parent != nil }
        #expect(children.count >= 6)
        for child in children {
            let parent = try #require(child.description.parent)
            let end = try #require(
                kinds.firstIndex { if case .shardChanged(parent, .finished) = $0 { true } else { false } }
            )
            let batches = kinds.indices.filter { index in
                if case .batchFormed(let batch) = kinds[index] { batch.shard == child.description.id } else { false }
            }
            #expect(batches.allSatisfy { $0 > end })
        }
        #expect(state.totals.succeeded == 400)
    }

    @Test func theServiceIsToldFromAUserByTheRecord() throws {
        let removed = Self.records(try Self.session("ttl-purge.weir").kinds).filter { $0.kind == .remove }
        #expect(removed.filter { $0.isTimeToLive }.count == 120)
        #expect(removed.filter { !$0.isTimeToLive }.count == 20)
    }
}
