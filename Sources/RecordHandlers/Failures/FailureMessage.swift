// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
import DynamoDBModel
import StreamSession

/// What a failure destination is told of records that are given up, in the form of Lambda's event source mapping.
///
/// The records themselves are not in it but for ``bytesWithPayload``: they are fetched from the shard by their sequence
/// numbers as long as the stream keeps them.
package struct FailureMessage: Sendable {
    /// What the keys of all messages in a bucket begin with.
    static let keyPrefix = "aws/lambda/"

    /// What was given up.
    package let discarded: DiscardedBatch
    /// The function, or what stands for it.
    package let functionARN: String
    /// The id of the invocation that failed last.
    package let requestID: String

    /// Creates a message.
    package init(of discarded: DiscardedBatch, functionARN: String, requestID: String) {
        self.discarded = discarded
        self.functionARN = functionARN
        self.requestID = requestID
    }

    /// The message as queues and topics get it.
    package var bytes: [UInt8] { self.encoded(payload: nil) }

    /// The message with the event that was sent as `payload`, as buckets and files get it.
    package var bytesWithPayload: [UInt8] {
        let event = LambdaEvent(streamARN: self.discarded.streamARN)
        return self.encoded(payload: event.bytes(of: self.discarded.records, shard: self.discarded.shard))
    }

    private func encoded(payload: [UInt8]?) -> [UInt8] {
        let discarded = self.discarded
        var json = JSONWriter(capacity: 1024 + (payload?.count ?? 0))
        json.object { json in
            json.name("requestContext")
            json.object { json in
                json.member("requestId", self.requestID)
                json.member("functionArn", self.functionARN)
                json.member("condition", discarded.condition.rawValue)
                json.member("approximateInvokeCount", discarded.invokeCount)
            }
            // Records that became too old have none, whether they were tried before or not.
            if let response = discarded.response, discarded.condition != .recordAgeExceeded {
                json.name("responseContext")
                json.object { json in
                    json.member("statusCode", response.statusCode)
                    json.member("executedVersion", response.executedVersion ?? "$LATEST")
                    json.name("functionError")
                    if let error = response.functionError { json.string(error) } else { json.null() }
                }
            }
            json.member("version", "1.0")
            json.member("timestamp", discarded.at.iso8601)
            json.name("DDBStreamBatchInfo")
            json.object { json in
                json.member("shardId", discarded.shard.text)
                json.member("startSequenceNumber", discarded.records.first?.sequenceNumber.text)
                json.member("endSequenceNumber", discarded.records.last?.sequenceNumber.text)
                json.member("approximateArrivalOfFirstRecord", discarded.records.first?.createdAt.iso8601Seconds)
                json.member("approximateArrivalOfLastRecord", discarded.records.last?.createdAt.iso8601Seconds)
                json.member("batchSize", discarded.records.count)
                json.member("streamArn", discarded.streamARN.text)
            }
            if let payload {
                json.name("payload")
                json.raw(payload)
            }
        }
        return json.bytes
    }

    /// The key of the message's object in a bucket:
    /// `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>`, in UTC.
    ///
    /// - Parameters:
    ///   - mapping: The UUID of the pipeline.
    ///   - random: A UUID for this object alone.
    /// - Returns: The key.
    package func objectKey(mapping: String, random: String) -> String {
        let time = self.discarded.at.iso8601Seconds.dropLast().replacing(":", with: ".")
        let day = time.prefix(10).replacing("-", with: "/")
        return "\(Self.keyPrefix)\(mapping)/\(self.discarded.shard)/\(day)/\(time)-\(random)"
    }
}
