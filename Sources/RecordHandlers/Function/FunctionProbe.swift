// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport

/// Asks Lambda whether a function may be invoked, without invoking it.
///
/// Only Lambda itself knows the difference: a runtime emulator may take it for an invocation.
package struct FunctionProbe: Sendable {
    /// The function.
    package let function: FunctionName
    private let connection: ServiceConnection

    /// Creates a question; nothing is sent yet.
    package init(function: FunctionName, connection: ServiceConnection) {
        self.function = function
        self.connection = connection
    }

    /// Asks.
    ///
    /// - Throws: Why it may not, or cannot, be invoked.
    package func run() async throws(AWSCallError) {
        _ = try await self.connection.send(
            AWSCall(
                operation: "Invoke",
                path: FunctionHandler.path(of: self.function),
                headers: [("Content-Type", "application/json"), ("X-Amz-Invocation-Type", "DryRun")],
                body: Array("{}".utf8)
            )
        )
    }

    /// What to do about a refusal; nil if it speaks for itself.
    package static func advice(for error: AWSCallError, function: FunctionName) -> String? {
        switch error.reason {
        case .service(let code, _): InvokeOutcome.advice(for: code, function: function)
        case .credentials(let problem): problem.advice
        default: nil
        }
    }
}
