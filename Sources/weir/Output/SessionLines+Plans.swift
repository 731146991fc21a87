// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession

extension SessionLines {
    /// What a dry run would have sent to a program, a function, a bucket or an aggregate.
    static func line(for plan: EventPlan) -> [UInt8] {
        Self.object("would-send", at: nil) { json in
            json.name("batch")
            json.number(Int(plan.batch.id.number))
            json.name("shard")
            json.string(plan.batch.shard.text)
            json.name("operation")
            json.string(plan.operation)
            json.name("target")
            json.string(plan.target)
            json.name("requests")
            json.beginArray()
            for request in plan.requests { json.raw(request) }
            json.endArray()
        }
    }
}
