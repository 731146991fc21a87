// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension CallFailure {
    /// A call that failed below its caller.
    init(_ call: FailedCall, shard: ShardID?, batch: BatchID?) {
        self.init(
            shard: shard,
            batch: batch,
            operation: call.operation,
            code: call.code,
            message: call.message,
            isThrottling: call.isThrottling
        )
    }

    /// A call to read the stream.
    init(_ error: DynamoDBError, shard: ShardID?, operation: String) {
        self.init(
            shard: shard,
            operation: error.operation ?? operation,
            code: error.code.name,
            message: error.message,
            isThrottling: error.isThrottling
        )
    }
}
