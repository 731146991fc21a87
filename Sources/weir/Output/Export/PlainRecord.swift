// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// A record as JSON without DynamoDB's types.
enum PlainRecord {
    /// One line: names and values of attributes as people write them.
    static func line(_ record: StreamRecord, of batch: RecordedBatches.Batch) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.member("event_id", record.eventID.text)
        json.member("event_name", record.kind.rawValue)
        json.member("created_at", record.createdAt.iso8601)
        json.member("delivered_at", batch.at.iso8601)
        json.member("shard", batch.description.shard.text)
        json.member("batch", Int(clamping: batch.description.id.number))
        json.member("sequence_number", record.sequenceNumber.text)
        json.member("size_bytes", record.size.bytes)
        json.member("expired", record.isTimeToLive)
        for (name, item) in [("keys", record.keys), ("new_image", record.newImage), ("old_image", record.oldImage)] {
            guard let item = item.flatMap({ try? $0.decoded() }) else { continue }
            json.name(name)
            json.value(item.plainJSON)
        }
        json.endObject()
        return json.bytes + [10]
    }
}
