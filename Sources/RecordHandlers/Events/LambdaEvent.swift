// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel

/// The event that a function gets for a batch, as AWS Lambda's event source mapping writes it.
///
/// `{"Records":[…]}`, and with a tumbling window also `window`, `state`, `shardId`, `eventSourceARN`,
/// `isFinalInvokeForWindow` and `isWindowTerminatedEarly`. Keys and images are copied as they came; none is decoded.
package struct LambdaEvent: Sendable {
    /// The stream, which each record of the event names.
    package let streamARN: StreamARN

    /// Creates an encoder for the records of one stream.
    package init(streamARN: StreamARN) {
        self.streamARN = streamARN
    }

    /// The event of a batch.
    package func bytes(of batch: RecordBatch) -> [UInt8] {
        self.bytes(of: batch.records, shard: batch.shard, window: batch.window)
    }

    /// The event of records of one shard.
    package func bytes(
        of records: [StreamRecord],
        shard: ShardID,
        window: WindowInvocation? = nil
    ) -> [UInt8] {
        let size = LambdaEventSize(streamARN: self.streamARN)
        let capacity = records.reduce(LambdaEventSize.envelope + 512) { $0 + size.bytes(of: $1) }
        var json = JSONWriter(capacity: capacity + (window?.state.count ?? 0))
        json.beginObject()
        json.name("Records")
        json.beginArray()
        for record in records { record.lambdaEvent(streamARN: self.streamARN, into: &json) }
        json.endArray()
        if let window {
            json.name("window")
            json.object { json in
                json.member("start", window.start.iso8601Seconds)
                json.member("end", window.end.iso8601Seconds)
            }
            json.name("state")
            json.raw(window.state)
            json.member("shardId", shard.text)
            json.member("eventSourceARN", self.streamARN.text)
            json.name("isFinalInvokeForWindow")
            json.bool(window.isFinal)
            json.name("isWindowTerminatedEarly")
            json.bool(window.isTerminatedEarly)
        }
        json.endObject()
        return json.bytes
    }
}
