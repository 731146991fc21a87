// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel

extension FailedCall {
    /// The failure of a call.
    init(_ error: AWSCallError, isRepeated: Bool) {
        self.init(
            operation: error.operation,
            code: error.code,
            message: error.message,
            isThrottling: error.isThrottle,
            isRepeated: isRepeated
        )
    }
}
