// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a signature was not accepted.
package enum SignatureProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no `Authorization` header.
    case missing
    /// A part of the signature is missing or not well formed; says which.
    case incomplete(String)
    /// The time of the signature is too far from the service's clock.
    case stale(signedAt: SigningTime)
    /// The access key is unknown.
    case unknownKey
    /// The signature is not the one that this request and secret give.
    case mismatch

    /// One sentence for the error's text; shows no secret and no signature.
    package var description: String {
        switch self {
        case .missing: "Request is missing Authentication Token"
        case .incomplete(let what): "Authorization header is incomplete: \(what)"
        case .stale(let time): "Signature expired or not yet current: \(time) is too far from the server's time"
        case .unknownKey: "The security token included in the request is invalid."
        case .mismatch:
            "The request signature we calculated does not match the signature you provided. "
                + "Check your AWS Secret Access Key and signing method."
        }
    }
}
