// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Credentials that do not change; refused once they have expired.
package struct StaticCredentials: CredentialsProvider, CustomStringConvertible {
    private let value: AWSCredentials
    private let renewal: String

    /// Wraps credentials.
    ///
    /// - Parameters:
    ///   - value: The credentials.
    ///   - renewal: What to do when they have expired, for people.
    package init(_ value: AWSCredentials, renewal: String = "Set new ones.") {
        self.value = value
        self.renewal = renewal
    }

    /// The credentials, unless they have expired.
    package func credentials(at milliseconds: Int64) async throws(ConnectionError) -> AWSCredentials {
        if let expiresAt = self.value.expiresAt, milliseconds >= expiresAt {
            throw ConnectionError(
                .credentialsExpired,
                "The credentials from \(self.value.source) expired at \(DateText.iso8601(milliseconds: expiresAt))",
                advice: self.renewal
            )
        }
        return self.value
    }

    /// Kind and source.
    package var description: String { self.value.description }
}
