// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

@Suite struct EndpointResolutionTests {
    private func endpoint(
        _ service: ServiceIdentity = .example,
        options: ConnectionOptions = .init(region: "eu-west-1"),
        in surroundings: ProcessContext = context()
    ) throws -> String {
        try ConnectionResolver(options: options, context: surroundings).endpoint(of: service).url
    }

    @Test(arguments: [
        ("eu-west-1", "", "https://example.eu-west-1.amazonaws.com"),
        ("cn-north-1", "", "https://example.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "", "https://example.us-gov-west-1.amazonaws.com"),
        ("us-iso-east-1", "", "https://example.us-iso-east-1.c2s.ic.gov"),
        ("eu-west-1", "D", "https://example-dual.eu-west-1.api.aws"),
        ("cn-north-1", "D", "https://example-dual.cn-north-1.api.amazonwebservices.com.cn"),
        ("eu-west-1", "F", "https://example-fips.eu-west-1.amazonaws.com"),
        ("us-gov-west-1", "F", "https://example.us-gov-west-1.amazonaws.com"),
        ("us-gov-west-1", "DF", "https://example-fips-dual.us-gov-west-1.api.aws"),
        ("eu-west-1", "DF", "https://example-fips-dual.eu-west-1.api.aws"),
        ("local", "", "http://localhost:8000"),
    ])
    func theRegionsRulesGiveTheHost(region: String, variants: String, url: String) throws {
        var variables: [String: String] = [:]
        if variants.contains("D") { variables["AWS_USE_DUALSTACK_ENDPOINT"] = "true" }
        if variants.contains("F") { variables["AWS_USE_FIPS_ENDPOINT"] = "true" }
        #expect(try self.endpoint(options: .init(region: region), in: context(variables)) == url)
    }

    @Test func theProfileMayAskForVariants() throws {
        let config = "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = TRUE\n"
        #expect(try self.endpoint(in: context(config: config)) == "https://example-fips-dual.eu-west-1.api.aws")
    }

    @Test func theRegionLocalHasNoRuleForEveryService() throws {
        let error = try #require(throws: ConnectionError.self) {
            try self.endpoint(.exampleStreams, options: .init(region: "local"))
        }
        #expect(error.code == .invalidSetting && error.advice.contains("AWS_ENDPOINT_URL_EXAMPLE_STREAMS"))
    }

    private static let config = """
        [default]
        endpoint_url = https://profile.test
        services = mine

        [services mine]
        example =
          endpoint_url = https://block.test
        """

    @Test func theMoreSpecificPlaceWins() throws {
        let variables = ["AWS_ENDPOINT_URL_EXAMPLE": "https://one.test", "AWS_ENDPOINT_URL": "https://all.test"]
        let all = context(variables, config: Self.config)
        let option = ConnectionOptions(region: "eu-west-1", endpointURL: "https://option.test")
        #expect(try self.endpoint(options: option, in: all) == "https://option.test")
        #expect(try self.endpoint(in: all) == "https://one.test")
        #expect(
            try self.endpoint(in: context(["AWS_ENDPOINT_URL": "https://all.test"], config: Self.config))
                == "https://all.test"
        )
        #expect(try self.endpoint(in: context(config: Self.config)) == "https://block.test")
        #expect(try self.endpoint(.exampleStreams, in: context(config: Self.config)) == "https://profile.test")
    }

    @Test func theVariableOfOneServiceDoesNotApplyToAnother() throws {
        let variables = ["AWS_ENDPOINT_URL_EXAMPLE": "https://one.test"]
        #expect(
            try self.endpoint(.exampleStreams, in: context(variables))
                == "https://streams.example.eu-west-1.amazonaws.com"
        )
        let both = ConnectionOptions(region: "eu-west-1", endpointURL: "https://option.test")
        #expect(try self.endpoint(.exampleStreams, options: both, in: context(variables)) == "https://option.test")
    }

    @Test func configuredEndpointsCanBeIgnoredButNotTheOption() throws {
        let variables = ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "https://all.test"]
        let ignoring = context(variables, config: Self.config)
        #expect(try self.endpoint(in: ignoring) == "https://example.eu-west-1.amazonaws.com")
        let option = ConnectionOptions(region: "eu-west-1", endpointURL: "https://option.test")
        #expect(try self.endpoint(options: option, in: ignoring) == "https://option.test")
    }

    @Test func aFlagThatIsNeitherTrueNorFalseIsRefused() throws {
        let error = try #require(throws: ConnectionError.self) {
            try self.endpoint(in: context(["AWS_USE_FIPS_ENDPOINT": "yes"]))
        }
        #expect(error.code == .invalidSetting && error.message.contains("AWS_USE_FIPS_ENDPOINT"))
    }

    @Test(arguments: [
        "http://127.0.0.1:8000", "http://127.1.2.3", "http://localhost:4566", "http://[::1]:8000", "http://LOCALHOST",
        "http://dynamodb.localhost:8000",
    ])
    func plainHTTPMayGoToThisMachine(url: String) throws {
        let endpoint = try ServiceEndpoint(parsing: url, origin: .option)
        #expect(endpoint.isLoopback && !endpoint.isEncrypted)
        _ = try self.endpoint(options: .init(endpointURL: url))
    }

    @Test(arguments: [
        "http://example.com", "http://10.0.0.1:8000", "http://127.0.0.1.example.com", "http://localhost.example.com",
        "http://127.example.com", "http://[::2]", "http://0.0.0.0:8000",
    ])
    func plainHTTPToAnotherMachineNeedsTheFlag(url: String) throws {
        let error = try #require(throws: ConnectionError.self) { try self.endpoint(options: .init(endpointURL: url)) }
        #expect(error.code == .plainHTTPRefused && error.advice.contains("--allow-plain-http"))
        #expect(throws: ConnectionError.self) { try self.endpoint(in: context(["AWS_ENDPOINT_URL": url])) }
        _ = try self.endpoint(options: .init(endpointURL: url, allowsPlainHTTP: true))
    }

    @Test(arguments: [
        "", "127.0.0.1:8000", "ftp://x", "http://", "http://user:secret@x", "http://x?y", "http://x#y", "http://x:0",
        "http://x:65536", "http://x:a", "http://[::1", "http://[x]", "http://a b", "https://x\ny",
    ])
    func whatIsNoEndpointIsRefusedAndNotRepeated(url: String) throws {
        let error = try #require(throws: ConnectionError.self) { try ServiceEndpoint(parsing: url, origin: .option) }
        #expect(error.code == .invalidEndpoint && error.message.contains("--endpoint-url"))
        #expect(!error.description.contains("secret"))
    }

    @Test(arguments: [
        ("https://Example.com", "https://example.com", "example.com"), ("https://x:443/", "https://x", "x"),
        ("http://x:80/a/", "http://x/a", "x"), ("http://[::1]:9", "http://[::1]:9", "[::1]:9"),
        ("https://x:80", "https://x:80", "x:80"),
    ])
    func theURLIsNormalised(text: String, url: String, host: String) throws {
        let endpoint = try ServiceEndpoint(parsing: text, origin: .rules)
        #expect(endpoint.url == url && endpoint.hostHeader == host)
    }

    @Test(arguments: [
        ("https://dynamodb.eu-west-1.amazonaws.com", true), ("https://dynamodb.cn-north-1.amazonaws.com.cn", true),
        ("https://dynamodb.eu-west-1.api.aws", true), ("http://127.0.0.1", false), ("https://notamazonaws.com", false),
    ])
    func itIsKnownWhatBelongsToAWS(url: String, isAWS: Bool) throws {
        #expect(try ServiceEndpoint(parsing: url, origin: .rules).isAWS == isAWS)
    }
}
