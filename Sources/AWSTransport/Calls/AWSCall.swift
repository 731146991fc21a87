// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning

/// One operation to be called.
package struct AWSCall: Sendable {
    /// The operation's name, for messages: `GetRecords`.
    package var operation: String
    /// The method.
    package var method: String
    /// The path, percent-encoded; goes behind the endpoint's own.
    package var path: String
    /// The query, percent-encoded, without the question mark.
    package var query: String
    /// Headers of the operation; host, date, signature and length are added.
    let headers: [SignableRequest.Header]
    /// The body.
    package var body: [UInt8]

    /// Creates a call.
    package init(
        operation: String,
        method: String = "POST",
        path: String = "/",
        query: String = "",
        headers: [(name: String, value: String)],
        body: [UInt8]
    ) {
        self.operation = operation
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers.map { SignableRequest.Header($0.name, $0.value) }
        self.body = body
    }
}
