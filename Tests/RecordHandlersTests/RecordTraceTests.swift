// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Logging
import RecordHandlers
import StreamSession
import TestSupport
import Testing

/// What the log tells of records.
struct RecordTraceTests {
    private static let image = """
        {"pk":{"S":"alice"},"n":{"N":"-12.5"},"b":{"B":"AAEC"},"t":{"BOOL":true},"z":{"NULL":true},\
        "m":{"M":{"hidden":{"S":"x"}}},"l":{"L":[{"S":"x"},{"S":"y"}]},"ss":{"SS":["p","q","r"]},"ns":{"NS":["1"]}}
        """

    private static var record: StreamRecord {
        StreamRecord(
            eventID: EventID("e-1"),
            kind: .modify,
            keys: RawItem(unchecked: Array(#"{"pk":{"S":"alice"}}"#.utf8)[...]),
            newImage: RawItem(unchecked: Array(Self.image.utf8)[...]),
            sequenceNumber: ScriptedService.sequence(7),
            createdAt: Timestamp(seconds: 1_700_000_000),
            size: ByteCount(99)
        )
    }

    private static func trace(showsValues: Bool) async throws -> (RecordedLog.Entry, HandlerOutcome, Int) {
        let log = RecordedLog()
        let inner = ScriptedHandler { _, _ in .retry(after: nil, reason: "later") }
        let handler = RecordTracingHandler(logger: log.logger(), showsValues: showsValues, inner: inner)
        let batch = RecordBatch(
            id: BatchID(3),
            shard: ScriptedService.shard(1),
            records: [Self.record],
            attempt: 2
        )
        let outcome = try await handler.handle(batch, meter: WorkMeter())
        return (try #require(log.entries.first), outcome, inner.batches.count)
    }

    @Test func valuesAreToldByNameTypeAndLength() async throws {
        let (entry, outcome, deliveries) = try await Self.trace(showsValues: false)
        #expect(outcome == .retry(after: nil, reason: "later"))
        #expect(deliveries == 1)
        #expect(entry.level == .trace)
        let facts = try #require(entry.record)
        #expect(entry["attempt"] == "2")
        #expect(entry["batch.id"] == "3")
        #expect(
            facts.mapValues { "\($0)" } == [
                "event.id": "e-1", "event.name": "MODIFY", "sequence": "7", "created": "2023-11-14T22:13:20.000Z",
                "bytes": "99", "keys": "pk S(5)",
                "new": "b B(3), l L(2), m M(1), n N(5), ns NS(1), pk S(5), ss SS(3), t BOOL, z NULL",
            ]
        )
        for value in ["alice", "12.5", "hidden", "AAEC"] { #expect(!entry.text.contains(value)) }
    }

    @Test func valuesAreToldWholeWhenAskedFor() async throws {
        let (entry, _, _) = try await Self.trace(showsValues: true)
        let facts = try #require(entry.record)
        #expect(facts["new"] == .string(Self.image))
        #expect(facts["keys"] == #"{"pk":{"S":"alice"}}"#)
        #expect(facts["old"] == nil)
    }
}

extension RecordedLog.Entry {
    /// What is told of the record itself.
    fileprivate var record: Logger.Metadata? {
        if case .dictionary(let facts)? = self.metadata["record"] { facts } else { nil }
    }
}
