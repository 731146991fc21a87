// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBClient
import DynamoDBModel
import TestSupport
import Testing

@Suite struct ConnectTests {
    private func connect(
        _ options: ConnectionOptions = .init(),
        environment: [String: String] = [:],
        config: String? = nil,
        _ body: (DynamoDBClient) async throws -> Void
    ) async throws {
        let client = try DynamoDBClient.connect(
            options,
            context: ProcessContext(environment: environment, homeDirectory: "/home/user") { path in
                path.hasSuffix("/config") ? config : nil
            },
            now: { Timestamp(seconds: 0) },
            sleep: { _ in },
            logger: silent
        )
        do {
            try await body(client)
            try await client.shutdown()
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    private static let keys = ["AWS_ACCESS_KEY_ID": "K", "AWS_SECRET_ACCESS_KEY": "S", "AWS_REGION": "eu-west-1"]

    @Test(
        arguments: [
            (
                [:], "https://dynamodb.eu-west-1.amazonaws.com",
                "https://streams.dynamodb.eu-west-1.amazonaws.com"
            ),
            (
                ["AWS_REGION": "cn-north-1"], "https://dynamodb.cn-north-1.amazonaws.com.cn",
                "https://streams.dynamodb.cn-north-1.amazonaws.com.cn"
            ),
            (
                ["AWS_USE_DUALSTACK_ENDPOINT": "true"], "https://dynamodb.eu-west-1.api.aws",
                "https://streams-dynamodb.eu-west-1.api.aws"
            ),
            (
                ["AWS_USE_DUALSTACK_ENDPOINT": "true", "AWS_REGION": "cn-north-1"],
                "https://dynamodb.cn-north-1.api.amazonwebservices.com.cn",
                "https://streams-dynamodb.cn-north-1.api.amazonwebservices.com.cn"
            ),
            (
                ["AWS_USE_FIPS_ENDPOINT": "true"], "https://dynamodb-fips.eu-west-1.amazonaws.com",
                "https://streams.dynamodb-fips.eu-west-1.amazonaws.com"
            ),
            (
                ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"],
                "https://dynamodb-fips.eu-west-1.api.aws", "https://streams-dynamodb-fips.eu-west-1.api.aws"
            ),
            (
                ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_REGION": "us-gov-west-1"],
                "https://dynamodb.us-gov-west-1.amazonaws.com", "https://streams.dynamodb.us-gov-west-1.amazonaws.com"
            ),
        ] as [([String: String], String, String)]
    )
    func bothServicesHaveTheirHosts(more: [String: String], tables: String, streams: String) async throws {
        try await self.connect(environment: Self.keys.merging(more) { $1 }) { client in
            #expect(client.tablesEndpoint == tables)
            #expect(client.streamsEndpoint == streams)
            #expect(client.isAWS && client.profile == nil)
        }
    }

    @Test func theVariableForDynamoDBDoesNotApplyToStreams() async throws {
        let variable = ["AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:8000"]
        try await self.connect(environment: Self.keys.merging(variable) { $1 }) { client in
            #expect(client.tablesEndpoint == "http://127.0.0.1:8000")
            #expect(client.streamsEndpoint == "https://streams.dynamodb.eu-west-1.amazonaws.com")
            #expect(client.isAWS)
        }
    }

    @Test func eachServiceHasItsBlockInTheProfile() async throws {
        let config = """
            [profile x]
            services = local
            region = eu-west-1
            aws_access_key_id = K
            aws_secret_access_key = S
            [services local]
            dynamodb =
              endpoint_url = http://127.0.0.1:1111
            dynamodb_streams =
              endpoint_url = http://127.0.0.1:2222
            """
        try await self.connect(.init(profile: "x"), config: config) { client in
            #expect(client.tablesEndpoint == "http://127.0.0.1:1111")
            #expect(client.streamsEndpoint == "http://127.0.0.1:2222")
            #expect(client.profile == "x" && !client.isAWS)
        }
    }

    @Test func anEndpointOnThisMachineNeedsNothingElse() async throws {
        try await self.connect(.init(endpointURL: "http://127.0.0.1:8000")) { client in
            #expect(client.tablesEndpoint == "http://127.0.0.1:8000" && client.streamsEndpoint == client.tablesEndpoint)
            #expect(client.region == "us-east-1" && !client.isAWS)
        }
    }

    @Test func oneServiceOnThisMachineIsNotEnoughToDoWithoutCredentials() async throws {
        let error = try await #require(throws: ConnectionError.self) {
            try await self.connect(
                environment: ["AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:8000", "AWS_REGION": "eu-west-1"]
            ) { _ in }
        }
        #expect(error.code == .credentialsMissing)
    }

    @Test func aConfigurationThatCannotBeUsedSaysWhy() async throws {
        let configuration = DynamoDBClientConfiguration(
            region: "eu-west-1",
            accessKeyID: "K",
            secretAccessKey: "SECRET",
            endpointURL: "http://10.1.2.3"
        )
        let error = try #require(throws: DynamoDBError.self) {
            try DynamoDBClient(
                configuration: configuration,
                now: { Timestamp(seconds: 0) },
                sleep: { _ in },
                logger: silent
            )
        }
        #expect(error.code == .validation && error.advice?.contains("--allow-plain-http") == true)
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("SECRET"))
    }

    @Test func aClientFromAConfigurationWorks() async throws {
        try await withLocalEndpoint { url in
            let client = try DynamoDBClient(
                configuration: DynamoDBClientConfiguration(
                    region: "eu-west-1",
                    accessKeyID: "K",
                    secretAccessKey: "S",
                    endpointURL: url
                ),
                now: { Timestamp(seconds: 0) },
                sleep: { _ in },
                logger: silent
            )
            let tables = try await client.listTables(ListTablesRequest())
            try await client.shutdown()
            #expect(tables.tableNames.isEmpty)
        }
    }
}
