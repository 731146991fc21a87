// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension SessionLines {
    /// A record with its line break, as `--records-out` writes it.
    static func record(_ record: StreamRecord, shard: ShardID, batch: BatchID) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.name("v")
        json.number(1)
        json.name("type")
        json.string("record")
        json.name("shard")
        json.string(shard.text)
        json.name("batch")
        json.number(Int(clamping: batch.number))
        json.name("record")
        record.encoded(into: &json)
        json.endObject()
        return json.bytes + [10]
    }
}
