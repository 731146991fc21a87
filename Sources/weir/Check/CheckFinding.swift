// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel

/// What one check has found.
struct CheckFinding: Hashable, Sendable {
    /// How it went.
    enum Status: String, Hashable, Sendable, CaseIterable {
        /// As it should be.
        case pass
        /// It works, and somebody should know of something.
        case warn
        /// It does not work.
        case fail
        /// Not tried.
        case skip
    }

    /// What was looked at, a word to match on.
    var check: String
    /// How it went.
    var status: Status
    /// What was found, for people; may hold text of the service.
    var message: String
    /// What to do, one sentence or more; nil: nothing.
    var advice: String?

    static func pass(_ check: String, _ message: String) -> CheckFinding {
        CheckFinding(check: check, status: .pass, message: message)
    }

    static func warn(_ check: String, _ message: String, _ advice: String) -> CheckFinding {
        CheckFinding(check: check, status: .warn, message: message, advice: advice)
    }

    static func fail(_ check: String, _ message: String, _ advice: String?) -> CheckFinding {
        CheckFinding(check: check, status: .fail, message: message, advice: advice)
    }

    static func skip(_ check: String, _ message: String, _ advice: String? = nil) -> CheckFinding {
        CheckFinding(check: check, status: .skip, message: message, advice: advice)
    }

    static func fail(_ check: String, _ error: ConnectionError) -> CheckFinding {
        .fail(check, error.message, error.advice)
    }

    /// A call that did not succeed; a missing permission is a finding of its own.
    static func fail(_ check: String, _ what: String, _ error: DynamoDBError) -> CheckFinding {
        let check =
            switch error.code {
            case .connectionFailed, .timedOut: "endpoint"
            case let code where Self.credentialCodes.contains(code.name): "credentials"
            default: check
            }
        return error.code == .accessDenied
            ? .skip(check, "not known: \(what) is not allowed")
            : .fail(check, "\(what) failed: \(error.code): \(error.message)", error.advice)
    }

    /// Codes that say something of the credentials, whatever the call was for.
    private static let credentialCodes: Set<String> = [
        "UnrecognizedClientException", "InvalidSignatureException", "SignatureDoesNotMatch",
        "IncompleteSignatureException", "MissingAuthenticationTokenException", "ExpiredTokenException", "ExpiredToken",
        "CredentialsUnavailable",
    ]

    /// Whether an action is allowed, by the end of a call; nil: the call says nothing of that.
    static func permission(_ action: String, on resource: String, _ error: DynamoDBError?) -> CheckFinding? {
        switch error?.code {
        case nil, .resourceNotFound?: .pass("permission", "\(action) on \(resource)")
        case .accessDenied?:
            .fail(
                "permission",
                "\(action) on \(resource) is not allowed",
                "Allow it in the IAM policy of these credentials; 'weir policy' with the same options prints what is needed."
            )
        default: nil
        }
    }
}
