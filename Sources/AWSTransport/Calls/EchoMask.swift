// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning

/// Takes secrets out of what a service sends back: an endpoint may quote the request that it refuses, and its words are shown
/// and logged.
struct EchoMask: Sendable {
    /// Stands for a secret.
    static let mask = "***"
    /// What is shorter is no secret, and stands in many words.
    private static let smallestSecret = 8

    private let secrets: [String]

    /// Knows the secrets of a request.
    ///
    /// - Parameters:
    ///   - credential: Whose secret and token they are.
    ///   - headers: The signed headers; the signature is the last part of `Authorization`.
    init(credential: SigningCredential, headers: [SignableRequest.Header]) {
        let authorization = headers.first { $0.name.lowercased() == "authorization" }?.value
        let signature = authorization?.split(separator: "=").last.map(String.init)
        self.secrets = [credential.secretAccessKey, credential.sessionToken, signature]
            .compactMap { $0 }
            .filter { $0.utf8.count >= Self.smallestSecret }
    }

    /// A text without the secrets.
    func masked(_ text: String) -> String {
        self.secrets.reduce(text) { $0.replacing($1, with: Self.mask) }
    }

    /// An answer without the secrets in its body.
    func masked(_ reply: HTTPReply) -> HTTPReply {
        reply.replacingBody(self.masked(reply.body))
    }

    /// A body without the secrets; one in which there are none stays as it is, whatever its bytes.
    func masked(_ body: [UInt8]) -> [UInt8] {
        self.secrets.reduce(body) { body, secret in
            body.firstRange(of: Array(secret.utf8)) == nil
                ? body : body.replacing(Array(secret.utf8), with: Array(Self.mask.utf8))
        }
    }
}
