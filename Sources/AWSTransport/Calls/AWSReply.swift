// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The answer to a call that succeeded.
package struct AWSReply: Sendable {
    /// The HTTP status, 200...299.
    package var status: Int
    /// The request's id, to quote to AWS support; nil if the service sent none.
    package var requestID: String?
    /// The body.
    package var body: [UInt8]
    /// Attempts that were made.
    package var attempts: Int
    private let reply: HTTPReply

    init(_ reply: HTTPReply, requestID: String?, attempts: Int) {
        self.status = reply.status
        self.requestID = requestID
        self.body = reply.body
        self.attempts = attempts
        self.reply = reply
    }

    /// The service's clock when it answered, in milliseconds since 1970-01-01T00:00:00Z, of whole seconds rounded down;
    /// nil if it sent no date.
    package var serverDate: Int64? { self.reply.serverDate }

    /// The first header of a name, in any case.
    package func header(_ name: String) -> String? { self.reply.header(name) }
}
