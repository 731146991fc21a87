// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// An answer with its whole body.
package struct HTTPReply: Sendable {
    /// The status.
    package let status: Int
    /// The body as it came over the wire.
    package let body: [UInt8]
    private let headers: HTTPHeaders

    /// Creates an answer.
    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.init(status: status, headers: HTTPHeaders(headers), body: body)
    }

    init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The same with another body.
    func replacingBody(_ body: [UInt8]) -> HTTPReply {
        HTTPReply(status: self.status, headers: self.headers, body: body)
    }

    /// The first header of a name, in any case.
    package func header(_ name: String) -> String? {
        self.headers.first(name: name)
    }

    /// The `Date` header in milliseconds since 1970-01-01T00:00:00Z; nil if there is none, or not one of its form.
    package var serverDate: Int64? {
        self.header("Date").flatMap { DateText.milliseconds(httpDate: $0) }
    }
}
