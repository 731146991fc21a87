// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// An access key with its secret.
///
/// No text made of it shows the secret, the token or the whole access key.
package struct SigningCredential: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The public half, `AKIDEXAMPLE`.
    package var accessKeyID: String
    /// The secret half.
    package var secretAccessKey: String
    /// The token of temporary credentials; nil for permanent ones.
    package var sessionToken: String?

    /// Creates a credential.
    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// The kind of credential; shows four characters of the access key at most.
    package var description: String {
        "access key \(self.accessKeyID.prefix(4))…\(self.sessionToken == nil ? "" : " with a session token")"
    }

    /// The same as ``description``.
    package var debugDescription: String { self.description }

    /// No members, so that `dump` cannot show the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
