// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Gives the credentials for the next request.
package protocol CredentialsProvider: Sendable {
    /// The credentials to sign with.
    ///
    /// - Parameter milliseconds: The time now, in milliseconds since 1970-01-01T00:00:00Z.
    /// - Returns: Credentials that have not expired.
    /// - Throws: Why there are none, and what to do.
    func credentials(at milliseconds: Int64) async throws(ConnectionError) -> AWSCredentials
}
