// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel

extension RepeatedCall {
    /// The failure of a call that is made again.
    init(_ error: AWSCallError) {
        self.init(
            operation: error.operation,
            code: error.code,
            message: error.message,
            isThrottling: error.isThrottle
        )
    }
}
