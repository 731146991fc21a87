// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a user says about the connection on the command line; it goes before environment and profile.
package struct ConnectionOptions: Hashable, Sendable {
    /// The region, `us-east-1`; nil: from environment or profile.
    package var region: String?
    /// The profile; nil: `AWS_PROFILE`, or `default`.
    package var profile: String?
    /// The endpoint for all services; nil: from environment, profile or the rules of the region.
    package var endpointURL: String?
    /// Whether credentials may go over plain http to a host other than loopback.
    package var allowsPlainHTTP: Bool

    /// Creates options.
    package init(
        region: String? = nil,
        profile: String? = nil,
        endpointURL: String? = nil,
        allowsPlainHTTP: Bool = false
    ) {
        self.region = region
        self.profile = profile
        self.endpointURL = endpointURL
        self.allowsPlainHTTP = allowsPlainHTTP
    }
}
