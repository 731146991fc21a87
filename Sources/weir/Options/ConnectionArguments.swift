// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import DynamoDBModel

/// Which account and endpoint to talk to.
struct ConnectionArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Region, such as eu-central-1.",
            discussion: "Default: AWS_REGION, AWS_DEFAULT_REGION, then the profile's.",
            valueName: "name"
        )
    )
    var region: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Profile of the shared AWS configuration files.",
            discussion: "Default: AWS_PROFILE, then \"default\".",
            valueName: "name"
        )
    )
    var profile: String?

    @Option(
        name: .customLong("endpoint-url"),
        help: ArgumentHelp(
            "Endpoint for tables and streams, such as http://127.0.0.1:8000.",
            discussion: "Default: AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL and their kin, then AWS itself.",
            valueName: "url"
        )
    )
    var endpointURL: String?

    @Flag(
        name: .customLong("allow-plain-http"),
        inversion: .prefixedNo,
        help: "Send signed requests over http to a host that is not this machine."
    )
    var allowsPlainHTTP = false

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses a region or an endpoint that cannot be one.
    func validate() throws {
        if let region, !RegionName.isValid(region) { throw RegionName.refusal(of: region) }
        if let endpointURL, let authority = endpointURL.split(separator: "/").dropFirst().first, authority.contains("@")
        {
            throw ValidationError(
                "The value of '--endpoint-url <url>' holds a user name or password: credentials come from the environment "
                    + "or a profile"
            )
        }
        if let endpointURL, !endpointURL.hasPrefix("http://"), !endpointURL.hasPrefix("https://") {
            throw ValidationError(
                "The value '\(endpointURL)' is invalid for '--endpoint-url <url>': an http:// or https:// URL is accepted"
            )
        }
    }

    /// The options as the client takes them.
    var options: ConnectionOptions {
        ConnectionOptions(
            region: self.region,
            profile: self.profile,
            endpointURL: self.endpointURL,
            allowsPlainHTTP: self.allowsPlainHTTP
        )
    }
}
