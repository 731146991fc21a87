// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension SessionLines {
    /// The state that an event source mapping would be in, of the whole or of a shard.
    static func state(_ change: StateChange, _ event: SessionEvent) -> [UInt8] {
        Self.object("state", at: event.at) { json in
            if let shard = change.shard {
                json.name("shard")
                json.string(shard.text)
            }
            json.name("state")
            json.string(change.to.rawValue)
            if let from = change.from {
                json.name("was")
                json.string(from.rawValue)
            }
        }
    }

    /// A call that is made again.
    static func failure(_ failure: CallFailure, _ event: SessionEvent) -> [UInt8] {
        Self.object("call-failed", at: event.at) { json in
            json.name("operation")
            json.string(failure.operation)
            json.name("code")
            json.string(failure.code)
            json.name("throttled")
            json.bool(failure.isThrottling)
            if let shard = failure.shard {
                json.name("shard")
                json.string(shard.text)
            }
            if let batch = failure.batch {
                json.name("batch")
                json.number(Int(batch.number))
            }
            json.name("message")
            json.string(failure.message)
        }
    }
}
