// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Sends a request and waits for the whole answer, once.
package protocol HTTPExecutor: Sendable {
    /// Sends a request; ends soon when the task is cancelled.
    func execute(_ message: HTTPMessage) async throws(HTTPFailure) -> HTTPReply
    /// Closes all connections; requests under way fail.
    func shutdown() async throws
}
