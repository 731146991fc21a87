// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@Suite("The event of a batch")
struct LambdaEventBatchTests {
    private static let arn = StreamARN("arn:aws:dynamodb:eu-west-1:000000000000:table/t/stream/2024-10-27T03:33:20.000")
    private static let event = LambdaEvent(streamARN: Self.arn)

    private static func text(_ batch: RecordBatch) -> String {
        String(decoding: Self.event.bytes(of: batch), as: UTF8.self)
    }

    private static func record(_ number: Int) -> String {
        let key = #"{"createdAt":{"N":"\#(1_767_225_600_000 + number)"},"messageId":{"S":"msg-\#(number)"}}"#
        return #"{"eventID":"event-\#(number)","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","#
            + #""awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1767225600.0,"Keys":\#(key),"#
            + #""NewImage":\#(key),"SequenceNumber":"\#(100_000 + number)","SizeBytes":173,"#
            + #""StreamViewType":"NEW_AND_OLD_IMAGES"},"eventSourceARN":"\#(Self.arn.text)"}"#
    }

    @Test func recordsStandInOrderAndNothingElse() {
        #expect(
            Self.text(HandlerConformance.batch(1, of: 0..<3))
                == #"{"Records":[\#(Self.record(0)),\#(Self.record(1)),\#(Self.record(2))]}"#
        )
    }

    @Test func aWindowAddsItsMembers() {
        var batch = HandlerConformance.batch(1, of: 7..<8)
        batch.window = WindowInvocation(
            start: Timestamp(milliseconds: 1_714_978_800_999),
            end: Timestamp(seconds: 1_714_978_920),
            state: Array(#"{"1":"x"}"#.utf8)
        )
        #expect(
            Self.text(batch)
                == #"{"Records":[\#(Self.record(7))],"window":{"start":"2024-05-06T07:00:00Z","#
                + #""end":"2024-05-06T07:02:00Z"},"state":{"1":"x"},"shardId":"shardId-0","#
                + #""eventSourceARN":"\#(Self.arn.text)","isFinalInvokeForWindow":false,"isWindowTerminatedEarly":false}"#
        )
    }

    @Test func theLastInvocationOfAWindowMayHaveNoRecords() {
        let window = WindowInvocation(
            start: Timestamp(seconds: 0),
            end: Timestamp(seconds: 60),
            isFinal: true,
            isTerminatedEarly: true
        )
        let batch = RecordBatch(id: BatchID(1), shard: ShardID("shardId-0"), records: [], window: window)
        #expect(
            Self.text(batch)
                == #"{"Records":[],"window":{"start":"1970-01-01T00:00:00Z","end":"1970-01-01T00:01:00Z"},"state":{},"#
                + #""shardId":"shardId-0","eventSourceARN":"\#(Self.arn.text)","isFinalInvokeForWindow":true,"#
                + #""isWindowTerminatedEarly":true}"#
        )
    }

    @Test func imagesAreCopiedAndNotDecoded() {
        var batch = HandlerConformance.batch(1, of: 0..<1)
        batch.records[0].oldImage = RawItem(unchecked: Array("not json".utf8)[...])
        #expect(Self.text(batch).contains(#""OldImage":not json,"#))
    }

    /// What the batch former adds up must not be less than what is sent.
    @Test func theMeasuredSizeIsNoLessThanTheEvents() {
        let batch = HandlerConformance.batch(1, of: 0..<500)
        let size = LambdaEventSize(streamARN: Self.arn)
        let bound = batch.records.reduce(LambdaEventSize.envelope) { $0 + size.bytes(of: $1) }
        let count = Self.event.bytes(of: batch).count
        #expect(count <= bound)
        #expect(bound - count <= 110 * 500)
    }
}
