// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A request as far as its signature depends on it.
package struct SignableRequest: Sendable {
    /// A header: its name in any case, its value as it is sent.
    package struct Header: Hashable, Sendable {
        /// The name.
        package var name: String
        /// The value.
        package var value: String

        /// Creates a header.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Names that are never signed, because programs between client and service change them.
    package static let unsignedHeaders: Set<String> = [
        "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
        "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]

    /// The method, upper case.
    package var method: String
    /// The path as it stands in the request line, percent-encoded, without the query; empty counts as `/`.
    package var path: String
    /// What follows the question mark, percent-encoded; empty if there is nothing.
    package var query: String
    /// The headers, `Host` included; a name may occur more than once.
    package var headers: [Header]
    /// The hash of the body.
    package var payload: PayloadHash
    /// Whether the path is signed as it stands in the request line, as S3 wants it; otherwise dot segments go and what
    /// remains is percent-encoded once more.
    ///
    /// Default: false.
    package var isPathSignedAsItIs = false

    /// Creates a request.
    package init(
        method: String,
        path: String = "/",
        query: String = "",
        headers: [Header],
        payload: PayloadHash
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.payload = payload
    }
}
