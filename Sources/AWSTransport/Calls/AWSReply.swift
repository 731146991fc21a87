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
}
