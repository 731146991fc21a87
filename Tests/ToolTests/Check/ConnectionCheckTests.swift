// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel
import Testing

@testable import weir

@Suite("weir check: what the connection is made of")
struct ConnectionCheckTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let keys = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "SECRETSECRET"]

    private static func findings(
        _ environment: [String: String] = [:],
        options: ConnectionOptions = ConnectionOptions(region: "eu-central-1"),
        files: [String: String] = [:]
    ) async -> [CheckFinding] {
        let context = ProcessContext(environment: environment, homeDirectory: "/home/user") { files[$0] }
        return await ConnectionCheck(options: options, context: context, now: Self.now).findings()
    }

    private static func find(_ check: String, in findings: [CheckFinding]) -> [CheckFinding] {
        findings.filter { $0.check == check }
    }

    @Test func credentialsAreNamedByTheirSourceAndNeverShown() async {
        let file = "[default]\naws_access_key_id = FILEKEY\naws_secret_access_key = FILESECRET\n"
        for (environment, files, source) in [
            (Self.keys, [:], "from the environment"),
            ([:], ["/home/user/.aws/credentials": file], "from profile 'default' of /home/user/.aws/credentials"),
        ] as [([String: String], [String: String], String)] {
            let findings = await Self.findings(environment, files: files)
            #expect(Self.find("credentials", in: findings) == [.pass("credentials", source)])
            #expect(findings.allSatisfy { $0.status == .pass })
            let texts = findings.map { $0.message + ($0.advice ?? "") }
            for secret in ["AKIDEXAMPLE", "SECRETSECRET", "FILEKEY", "FILESECRET"] {
                #expect(texts.allSatisfy { !$0.contains(secret) })
            }
        }
    }

    @Test func missingCredentialsFailWithWhatToDo() async throws {
        let findings = await Self.findings()
        let finding = try #require(Self.find("credentials", in: findings).first)
        #expect(finding.status == .fail)
        #expect(finding.advice?.contains("AWS_ACCESS_KEY_ID") == true)
        #expect(Self.find("region", in: findings) == [.pass("region", "eu-central-1")])
    }

    @Test(arguments: [(Int64(-1), CheckFinding.Status.fail), (60, .warn), (3600, .pass)])
    func credentialsThatEndSoonAreWarnedOf(seconds: Int64, status: CheckFinding.Status) async throws {
        var environment = Self.keys
        environment["AWS_CREDENTIAL_EXPIRATION"] = Self.now.advanced(by: .seconds(seconds)).iso8601
        let finding = try #require(Self.find("credentials", in: await Self.findings(environment)).first)
        #expect(finding.status == status)
        #expect((finding.advice == nil) == (status == .pass))
    }

    @Test func aMissingRegionFailsOnceAndTheEndpointsFollowFromIt() async {
        let findings = await Self.findings(Self.keys, options: ConnectionOptions())
        #expect(Self.find("region", in: findings).map(\.status) == [.fail])
        #expect(Self.find("endpoint", in: findings).map(\.status) == [.skip, .skip])
    }

    @Test func endpointsAreToldWithTheirOrigin() async {
        let aws = Self.find("endpoint", in: await Self.findings(Self.keys))
        #expect(
            aws.map(\.message) == [
                "tables: https://dynamodb.eu-central-1.amazonaws.com",
                "streams: https://streams.dynamodb.eu-central-1.amazonaws.com",
            ]
        )
        let local = await Self.findings(
            options: ConnectionOptions(endpointURL: "http://127.0.0.1:8000")
        )
        #expect(local.allSatisfy { $0.status == .pass })
        #expect(
            local.map(\.message) == [
                "us-east-1", "tables: http://127.0.0.1:8000 (--endpoint-url)",
                "streams: http://127.0.0.1:8000 (--endpoint-url)", "none are needed on this machine",
            ]
        )
    }

    /// The variable for DynamoDB does not apply to Streams: half of the calls would go to a real account.
    @Test func anEndpointForTablesAloneIsWarnedOf() async {
        var environment = Self.keys
        environment["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:8000"
        let findings = Self.find("endpoint", in: await Self.findings(environment))
        #expect(findings.map(\.status) == [.pass, .pass, .warn])
        #expect(findings.last?.advice?.contains("AWS_ENDPOINT_URL_DYNAMODB_STREAMS") == true)
    }

    @Test func plainHTTPToAnotherMachineFails() async {
        let findings = await Self.findings(
            Self.keys,
            options: ConnectionOptions(region: "eu-central-1", endpointURL: "http://example.com")
        )
        #expect(Self.find("endpoint", in: findings).map(\.status) == [.fail, .fail])
    }

    @Test func aProfileThatIsNotThereIsTheFirstThingToMend() async {
        let findings = await Self.findings(Self.keys, options: ConnectionOptions(profile: "nobody"))
        #expect(findings.map(\.check) == ["profile"])
        #expect(findings.map(\.status) == [.fail])
    }
}
