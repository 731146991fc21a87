// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSSigning

/// Credentials, where they come from and how long they are good for.
///
/// No text made of them shows the secret, the token or the whole access key.
package struct AWSCredentials: Hashable, Sendable, CustomStringConvertible {
    /// What signs requests.
    package var signing: SigningCredential
    /// When they stop to work, in milliseconds since 1970-01-01T00:00:00Z; nil: never, as far as is known.
    package var expiresAt: Int64?
    /// Where they were found, for people: `environment`, `~/.aws/credentials`.
    package var source: String

    /// Creates credentials.
    package init(signing: SigningCredential, expiresAt: Int64? = nil, source: String) {
        self.signing = signing
        self.expiresAt = expiresAt
        self.source = source
    }

    /// Creates credentials from their parts.
    package init(
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        expiresAt: Int64? = nil,
        source: String
    ) {
        self.init(
            signing: SigningCredential(
                accessKeyID: accessKeyID,
                secretAccessKey: secretAccessKey,
                sessionToken: sessionToken
            ),
            expiresAt: expiresAt,
            source: source
        )
    }

    /// Kind and source.
    package var description: String { "\(self.signing) from \(self.source)" }

    /// What is used for an endpoint on this machine when there is nothing else: emulators accept any.
    ///
    /// They are no secret, and AWS does not know them.
    package static let forLoopback = AWSCredentials(
        signing: SigningCredential(accessKeyID: "WEIRLOCALEXAMPLE", secretAccessKey: "weir-local-example"),
        source: "nothing: an endpoint on this machine needs none"
    )
}
