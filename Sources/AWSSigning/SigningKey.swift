// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Crypto

/// The key that signs all requests of one ``SigningScope``, derived from the secret.
///
/// Deriving it takes four keyed hashes; keep it as long as the scope lasts.
package struct SigningKey: Sendable {
    /// The steps of the derivation, to compare them with worked examples.
    package struct Steps: Sendable {
        /// After the day.
        package let date: [UInt8]
        /// After the region.
        package let region: [UInt8]
        /// After the service.
        package let service: [UInt8]
        /// The signing key itself.
        package let signing: [UInt8]
    }

    /// What the key is good for.
    package let scope: SigningScope
    // With the key's two blocks already hashed: a signature starts from a copy of it.
    private let prepared: HMAC<SHA256>

    /// Derives the key.
    package init(secretAccessKey: String, scope: SigningScope) {
        let steps = Self.steps(secretAccessKey: secretAccessKey, scope: scope)
        self.scope = scope
        self.prepared = HMAC<SHA256>(key: SymmetricKey(data: steps.signing))
    }

    /// Derives the key and shows each step.
    package static func steps(secretAccessKey: String, scope: SigningScope) -> Steps {
        let date = Self.authenticate(Array(scope.date.utf8), key: Array("AWS4\(secretAccessKey)".utf8))
        let region = Self.authenticate(Array(scope.region.utf8), key: date)
        let service = Self.authenticate(Array(scope.service.utf8), key: region)
        return Steps(
            date: date,
            region: region,
            service: service,
            signing: Self.authenticate(Array("aws4_request".utf8), key: service)
        )
    }

    /// The keyed hash of a string to sign, 32 bytes.
    package func authenticate(_ stringToSign: [UInt8]) -> HashedAuthenticationCode<SHA256> {
        var code = self.prepared
        code.update(data: stringToSign)
        return code.finalize()
    }

    private static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
    }
}
