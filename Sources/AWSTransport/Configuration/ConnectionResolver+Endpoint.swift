// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension ConnectionResolver {
    /// The endpoint of a service: the option, `AWS_ENDPOINT_URL_<service>`, `AWS_ENDPOINT_URL`, the profile's
    /// `[services …]` block, the profile's own `endpoint_url`, the rules of the region.
    ///
    /// - Throws: Also when it is plain http to another machine and ``ConnectionOptions/allowsPlainHTTP`` is not set.
    package func endpoint(of service: ServiceIdentity) throws(ConnectionError) -> ServiceEndpoint {
        let endpoint: ServiceEndpoint
        if let configured = try self.configuredEndpoint(of: service) {
            endpoint = configured
        } else {
            endpoint = try self.endpointByRules(of: service, region: self.region())
        }
        guard endpoint.isEncrypted || endpoint.isLoopback || self.options.allowsPlainHTTP else {
            throw ConnectionError(
                .plainHTTPRefused,
                "The endpoint \(endpoint) is plain http to another machine: whoever listens on the way could read the "
                    + "data and use the requests' signatures",
                advice: "Use https, or add --allow-plain-http if that is what you want."
            )
        }
        return endpoint
    }

    private func configuredEndpoint(of service: ServiceIdentity) throws(ConnectionError) -> ServiceEndpoint? {
        if let url = self.options.endpointURL { return try ServiceEndpoint(parsing: url, origin: .option) }
        if try self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") { return nil }
        for variable in ["AWS_ENDPOINT_URL_\(service.environmentName)", "AWS_ENDPOINT_URL"] {
            if let url = self.context.variable(variable) {
                return try ServiceEndpoint(parsing: url, origin: .environment(variable))
            }
        }
        let inBlock = self.profile.services.blocks[service.configurationName]?["endpoint_url"]
        if let url = inBlock ?? self.profile.value("endpoint_url"), !url.isEmpty {
            return try ServiceEndpoint(parsing: url, origin: .profile(self.profile.name))
        }
        return nil
    }

    private func endpointByRules(
        of service: ServiceIdentity,
        region: String
    ) throws(ConnectionError) -> ServiceEndpoint {
        if region == "local" {
            guard let url = service.localURL else {
                throw ConnectionError(
                    .invalidSetting,
                    "The region 'local' has no endpoint for \(service.configurationName)",
                    advice: "Give --endpoint-url, or set AWS_ENDPOINT_URL_\(service.environmentName)."
                )
            }
            return try ServiceEndpoint(parsing: url, origin: .rules)
        }
        let partition = Partition(region: region)
        let isDualStack = try self.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
        let usesFIPS = try self.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
        let host =
            switch (usesFIPS, isDualStack) {
            case (true, true): service.fipsDualStackHost
            // In GovCloud the ordinary hosts are the validated ones.
            case (true, false): partition.name == "aws-us-gov" ? service.host : service.fipsHost
            case (false, true): service.dualStackHost
            case (false, false): service.host
            }
        let suffix = isDualStack ? partition.dualStackSuffix : partition.suffix
        let name = host.replacing("{region}", with: region).replacing("{suffix}", with: suffix)
            .replacing("{ordinarySuffix}", with: partition.suffix)
        return try ServiceEndpoint(parsing: "https://\(name)", origin: .rules)
    }
}
