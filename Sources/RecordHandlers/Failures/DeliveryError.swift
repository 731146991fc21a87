// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport

/// Why a destination was not told.
package struct DeliveryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried on what, why it failed and what to do.
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ error: AWSCallError, destination: String, advice: String?) {
        self.description = "\(destination) was not told: \(error)" + (advice.map { ". \($0)" } ?? "")
    }

    /// What to do about codes that all services share; nil for others.
    static func advice(for error: AWSCallError, action: String, resource: String) -> String? {
        guard case .service(let code, _) = error.reason else { return nil }
        switch code {
        case "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException":
            return "Allow the action \(action) on \(resource) in the IAM policy of these credentials."
        case "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", "NotFound", "NotFoundException",
            "QueueDoesNotExistException":
            return "Check the name, the region and the account."
        case "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch",
            "InvalidSignatureException":
            return "Check the access key, its secret and session token, and this machine's clock."
        case "ExpiredToken", "ExpiredTokenException":
            return "The session has ended: log in again, or set new credentials."
        default: return nil
        }
    }
}
