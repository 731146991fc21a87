// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@Suite("What a failure destination is told")
struct FailureMessageTests {
    private static let streamARN = StreamARN(
        "arn:aws:dynamodb:us-east-2:123456789012:table/t/stream/2019-11-14T00:04:06.388"
    )
    private static let requestID = "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81"

    static func discarded(
        _ condition: DiscardedBatch.Condition = .retryAttemptsExhausted,
        records: [StreamRecord]? = nil,
        invokeCount: Int = 1,
        response: FunctionResponse? = FunctionResponse(executedVersion: "$LATEST", functionError: "Unhandled")
    ) throws -> DiscardedBatch {
        var record = HandlerConformance.record(1)
        record.sequenceNumber = try #require(SequenceNumber("800000000003126276362"))
        record.createdAt = Timestamp(seconds: 1_714_979_259)
        return DiscardedBatch(
            condition: condition,
            id: BatchID(1),
            streamARN: Self.streamARN,
            shard: ShardID("shardId-00000001573689847184-864758bb"),
            records: records ?? [record],
            invokeCount: invokeCount,
            response: response,
            at: Timestamp(milliseconds: 1_714_979_289_123)
        )
    }

    private static func text(_ discarded: DiscardedBatch) -> String {
        let message = FailureMessage(
            of: discarded,
            functionARN: "arn:aws:lambda:us-east-2:123456789012:function:f",
            requestID: Self.requestID
        )
        return String(decoding: message.bytes, as: UTF8.self)
    }

    private static func context(_ condition: String, count: Int = 1) -> String {
        #"{"requestContext":{"requestId":"\#(Self.requestID)","#
            + #""functionArn":"arn:aws:lambda:us-east-2:123456789012:function:f","condition":"\#(condition)","#
            + #""approximateInvokeCount":\#(count)},"#
    }

    private static let rest =
        #""version":"1.0","timestamp":"2024-05-06T07:08:09.123Z","DDBStreamBatchInfo":{"#
        + #""shardId":"shardId-00000001573689847184-864758bb","startSequenceNumber":"800000000003126276362","#
        + #""endSequenceNumber":"800000000003126276362","approximateArrivalOfFirstRecord":"2024-05-06T07:07:39Z","#
        + #""approximateArrivalOfLastRecord":"2024-05-06T07:07:39Z","batchSize":1,"#
        + #""streamArn":"arn:aws:dynamodb:us-east-2:123456789012:table/t/stream/2019-11-14T00:04:06.388"}"#

    @Test func itIsTheRecordedMessageToTheByte() throws {
        #expect(
            Self.text(try Self.discarded()) == Self.context("RetryAttemptsExhausted")
                + #""responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"#
                + Self.rest + "}"
        )
    }

    @Test func aFunctionThatReturnedHasNullForItsError() throws {
        let discarded = try Self.discarded(invokeCount: 4, response: FunctionResponse(executedVersion: "7"))
        #expect(
            Self.text(discarded) == Self.context("RetryAttemptsExhausted", count: 4)
                + #""responseContext":{"statusCode":200,"executedVersion":"7","functionError":null},"# + Self.rest + "}"
        )
    }

    /// Whether the records were tried before or not.
    @Test func whatBecameTooOldHasNoResponse() throws {
        for response in [nil, FunctionResponse(functionError: "Unhandled")] {
            let discarded = try Self.discarded(.recordAgeExceeded, response: response)
            #expect(Self.text(discarded) == Self.context("RecordAgeExceeded") + Self.rest + "}")
            // Nor in a bucket, which gets the records with it.
            let message = FailureMessage(
                of: discarded,
                functionARN: "arn:aws:lambda:us-east-2:123456789012:function:f",
                requestID: Self.requestID
            )
            let object = String(decoding: message.bytesWithPayload, as: UTF8.self)
            #expect(object.hasPrefix(Self.context("RecordAgeExceeded") + Self.rest + #","payload":{"Records":["#))
        }
    }

    @Test func aVersionThatIsNotToldIsTheNewest() throws {
        let text = Self.text(try Self.discarded(response: FunctionResponse(functionError: "Unhandled")))
        #expect(text.contains(#""executedVersion":"$LATEST""#))
    }

    @Test func firstAndLastRecordBoundTheBatch() throws {
        var records = (0..<3).map { HandlerConformance.record($0) }
        records[2].createdAt = Timestamp(milliseconds: 1_767_225_661_999)
        let info = try JSONValue(parsing: Array(Self.text(Self.discarded(records: records)).utf8))["DDBStreamBatchInfo"]
        #expect(info?["startSequenceNumber"]?.string == "100000")
        #expect(info?["endSequenceNumber"]?.string == "100002")
        #expect(info?["approximateArrivalOfFirstRecord"]?.string == "2026-01-01T00:00:00Z")
        #expect(info?["approximateArrivalOfLastRecord"]?.string == "2026-01-01T00:01:01Z")
        #expect(info?["batchSize"]?.number == "3")
    }

    @Test func withAPayloadItHoldsTheEventAtItsEnd() throws {
        let discarded = try Self.discarded()
        let message = FailureMessage(of: discarded, functionARN: "f", requestID: Self.requestID)
        let event = LambdaEvent(streamARN: Self.streamARN).bytes(of: discarded.records, shard: discarded.shard)
        #expect(
            message.bytesWithPayload == message.bytes.dropLast() + Array(#","payload":"#.utf8) + event + Array("}".utf8)
        )
    }

    @Test func anObjectsKeyHasPipelineShardAndTime() throws {
        let message = FailureMessage(of: try Self.discarded(), functionARN: "f", requestID: Self.requestID)
        #expect(
            message.objectKey(mapping: "MAPPING", random: "RANDOM")
                == "aws/lambda/MAPPING/shardId-00000001573689847184-864758bb/2024/05/06/2024-05-06T07.08.09-RANDOM"
        )
    }

    @Test func randomIDsAreVersionFourAndDifferent() throws {
        let source = UUIDSource(seed: 7)
        let ids = (0..<100).map { _ in source.next() }
        #expect(Set(ids).count == 100)
        for id in ids {
            #expect(id.wholeMatch(of: #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#) != nil)
        }
        #expect(UUIDSource(seed: 7).next() == ids[0])
    }

    @Test func aPipelineHasTheSameIDEverywhereAndNoOther() {
        func id(_ pipeline: String, _ handler: String) -> String {
            UUIDSource.pipeline(
                CheckpointIdentity(streamARN: Self.streamARN, pipeline: pipeline, handler: handler)
            )
        }
        #expect(id("default", "function:f") == id("default", "function:f"))
        #expect(Set([id("a", "bc"), id("ab", "c"), id("a", "b"), id("", "abc")]).count == 4)
        #expect(
            id("a", "b").wholeMatch(of: #/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#) != nil
        )
    }
}
