// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import StreamSession
import Testing

@testable import InsertCounts

/// How a handler is tested: alone with a batch, and run by the engine over records of its own.
@Suite(.timeLimit(.minutes(1)))
struct InsertCountsTests {
    private static func record(_ number: Int, _ status: String?, kind: ChangeKind = .insert) throws -> StreamRecord {
        var image: Item = ["id": .string("\(number)")]
        if let status { image["status"] = .string(status) }
        return StreamRecord(
            eventID: EventID("event-\(number)"),
            kind: kind,
            keys: RawItem(["id": .string("\(number)")]),
            newImage: RawItem(image),
            sequenceNumber: try #require(SequenceNumber("\(1000 + number)")),
            createdAt: Timestamp(seconds: 1_767_225_600),
            size: ByteCount(20)
        )
    }

    private static func line(_ number: Int, _ status: String, event: String = "INSERT", shard: Int = 1) -> String {
        #"{"v":1,"type":"record","shard":"shardId-0000000000000000000\#(shard)-aaaaaaaa","batch":1,"record":"#
            + #"{"eventID":"\#(number)","eventName":"\#(event)","awsRegion":"us-east-1","dynamodb":"#
            + #"{"ApproximateCreationDateTime":1767225600,"Keys":{"id":{"S":"\#(number)"}},"#
            + #""NewImage":{"id":{"S":"\#(number)"},"status":{"S":"\#(status)"}},"SequenceNumber":"\#(1000 + number)","#
            + #""SizeBytes":20,"StreamViewType":"NEW_AND_OLD_IMAGES"}}}"#
    }

    @Test func aHandlerCanBeTriedWithoutAnEngine() async throws {
        let counter = InsertCounter(by: "status")
        let batch = RecordBatch(
            id: BatchID(1),
            shard: ShardID("shardId-00000000000000000001-aaaaaaaa"),
            records: [try Self.record(1, "open"), try Self.record(2, nil), try Self.record(3, "open")]
        )
        #expect(try await counter.handle(batch, meter: WorkMeter()) == .done)
        #expect(counter.counts == ["open": 2, InsertCounter.none: 1])
    }

    @Test func whatCannotBeReadFailsTheBatchAndCountsNoneOfIt() async throws {
        let counter = InsertCounter(by: "status")
        var broken = try Self.record(2, "open")
        broken.newImage = RawItem(unchecked: Array(#"{"status":{"S":1}}"#.utf8)[...])
        let batch = RecordBatch(
            id: BatchID(1),
            shard: ShardID("shardId-00000000000000000001-aaaaaaaa"),
            records: [try Self.record(1, "open"), broken]
        )
        await #expect(throws: DynamoDBError.self) { try await counter.handle(batch, meter: WorkMeter()) }
        #expect(counter.counts.isEmpty)
    }

    @Test func theEngineHandsItTheInsertsOfAllShards() async throws {
        var lines = (0..<2500).map { Self.line($0, $0 % 5 == 0 ? "paid" : "open", shard: $0 % 2 + 1) }
        lines += [Self.line(3000, "open", event: "MODIFY"), Self.line(7, "open", shard: 2)]
        let file = try RecordFile(Data(lines.joined(separator: "\n").utf8))
        let counts = try await InsertCounts.count(by: "status", in: RecordFile.arn, of: file)
        #expect(counts == ["paid": 500, "open": 2000])
    }

    @Test(arguments: [
        (["{"], "line 1"), ([line(1, "open"), "{}"], "line 2"),
        ([line(1, "open").replacing("Keys", with: "Kex")], "Keys"),
    ])
    func aFileOfAnotherKindIsRefusedWithThePlace(lines: [String], fact: String) throws {
        let error = #expect(throws: RecordFile.Unreadable.self) {
            try RecordFile(Data(lines.joined(separator: "\n").utf8))
        }
        #expect(error?.description.contains(fact) == true)
    }
}
