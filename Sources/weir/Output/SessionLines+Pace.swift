// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension SessionLines {
    /// How fast the handler may write from now on; without `write_capacity_per_s`: as fast as the table takes it.
    static func pace(_ pace: WritePace, _ event: SessionEvent) -> [UInt8] {
        Self.object("pace", at: event.at) { json in
            json.name("change")
            json.string(pace.change.rawValue)
            if let limit = pace.limit {
                json.name("write_capacity_per_s")
                json.number((limit * 1000).rounded() / 1000)
            }
            if let maximum = pace.maximum {
                json.name("maximum_write_capacity")
                json.number(maximum)
            }
            if let reason = pace.reason {
                json.name("message")
                json.string(reason)
            }
        }
    }
}
