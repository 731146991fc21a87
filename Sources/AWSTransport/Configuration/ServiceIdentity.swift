// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What the connection has to know of a service: its names and the shapes of its host names.
///
/// In host names `{region}` stands for the region, `{suffix}` for the partition's domain, which is another one for hosts
/// that also have IPv6 addresses, and `{ordinarySuffix}` for the one of the others.
package struct ServiceIdentity: Hashable, Sendable {
    /// The name in signatures.
    package var signingName: String
    /// The end of `AWS_ENDPOINT_URL_…`.
    package var environmentName: String
    /// The block in a `[services …]` section.
    package var configurationName: String
    /// The ordinary host.
    package var host: String
    /// The host that also has IPv6 addresses.
    package var dualStackHost: String
    /// The host with FIPS 140 validated cryptography.
    package var fipsHost: String
    /// Both.
    package var fipsDualStackHost: String
    /// The URL in the region `local`; nil: there is no such rule.
    package var localURL: String?
    /// Whether the service takes signatures of the path as it stands in the request, with a header that has the hash of
    /// the body: as S3 does, and no other.
    package var signsPathAsItIs: Bool
    /// Attempts and first pause in retry mode `legacy`, which differ from service to service.
    package var legacyRetry: LegacyRetry

    /// The numbers of retry mode `legacy`.
    package struct LegacyRetry: Hashable, Sendable {
        /// Attempts, the first included.
        package var maximumAttempts: Int
        /// The longest pause before the first retry; doubles with each.
        package var firstPause: Duration

        /// Creates the numbers.
        package init(maximumAttempts: Int, firstPause: Duration) {
            self.maximumAttempts = maximumAttempts
            self.firstPause = firstPause
        }
    }

    /// Creates an identity.
    package init(
        signingName: String,
        environmentName: String,
        configurationName: String,
        host: String,
        dualStackHost: String,
        fipsHost: String,
        fipsDualStackHost: String,
        localURL: String? = nil,
        signsPathAsItIs: Bool = false,
        legacyRetry: LegacyRetry = LegacyRetry(maximumAttempts: 5, firstPause: .seconds(1))
    ) {
        self.signingName = signingName
        self.environmentName = environmentName
        self.configurationName = configurationName
        self.host = host
        self.dualStackHost = dualStackHost
        self.fipsHost = fipsHost
        self.fipsDualStackHost = fipsDualStackHost
        self.localURL = localURL
        self.signsPathAsItIs = signsPathAsItIs
        self.legacyRetry = legacyRetry
    }
}
