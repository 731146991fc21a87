// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel

extension FunctionResponse {
    /// An error of the batch, told as a function would tell it.
    ///
    /// - Parameters:
    ///   - type: Its name.
    ///   - message: What is wrong, for people; holds no values of items.
    /// - Returns: The response.
    static func failure(type: String, _ message: String) -> FunctionResponse {
        var json = JSONWriter()
        json.object { json in
            json.member("errorMessage", message)
            json.member("errorType", type)
        }
        return FunctionResponse(functionError: "Unhandled", body: json.bytes)
    }
}
