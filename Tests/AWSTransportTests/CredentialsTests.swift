// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import AWSTransport
import Testing

@Suite struct CredentialsTests {
    private static let environment = ["AWS_ACCESS_KEY_ID": "ENVKEY", "AWS_SECRET_ACCESS_KEY": "ENVSECRET"]
    private static let files = (
        config: "[default]\naws_access_key_id = CONFIGKEY\naws_secret_access_key = CONFIGSECRET\n",
        credentials: "[default]\naws_access_key_id = FILEKEY\naws_secret_access_key = FILESECRET\n"
            + "[x]\naws_access_key_id = XKEY\naws_secret_access_key = XSECRET\naws_session_token = XTOKEN\n"
    )

    private func find(
        _ options: ConnectionOptions = .init(),
        in context: ProcessContext,
        isLocal: Bool = false,
        at milliseconds: Int64 = 0
    ) async throws -> AWSCredentials {
        try await ConnectionResolver(options: options, context: context).credentials(isLocal: isLocal)
            .credentials(at: milliseconds)
    }

    private func problem(
        _ options: ConnectionOptions = .init(),
        in context: ProcessContext,
        isLocal: Bool = false,
        at milliseconds: Int64 = 0
    ) async throws -> ConnectionError {
        try await #require(throws: ConnectionError.self) {
            try await self.find(options, in: context, isLocal: isLocal, at: milliseconds)
        }
    }

    @Test func theEnvironmentGoesFirstThenTheCredentialsFileThenTheConfiguration() async throws {
        let (config, credentials) = Self.files
        let all = context(Self.environment, config: config, credentials: credentials)
        #expect(try await self.find(in: all).signing.accessKeyID == "ENVKEY")
        #expect(
            try await self.find(in: context(config: config, credentials: credentials)).signing.accessKeyID == "FILEKEY"
        )
        #expect(try await self.find(in: context(config: config)).signing.accessKeyID == "CONFIGKEY")
    }

    @Test func aProfileGivenAsAnOptionGoesBeforeTheEnvironmentButNotTheVariable() async throws {
        let credentials = Self.files.credentials
        var variables = Self.environment
        let found = try await self.find(.init(profile: "x"), in: context(variables, credentials: credentials))
        #expect(found.signing.accessKeyID == "XKEY" && found.signing.sessionToken == "XTOKEN")
        variables["AWS_PROFILE"] = "x"
        let byVariable = try await self.find(in: context(variables, credentials: credentials))
        #expect(byVariable.signing.accessKeyID == "ENVKEY")
    }

    @Test(arguments: ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"])
    func theEnvironmentMayHoldASessionToken(name: String) async throws {
        let variables = Self.environment.merging([name: "T"]) { $1 }
        #expect(try await self.find(in: context(variables)).signing.sessionToken == "T")
    }

    @Test(
        arguments: [
            ("2026-01-01T00:00:00Z", 1_767_225_600_000), ("2026-01-01T01:00:00+01:00", 1_767_225_600_000),
            ("2025-12-31T19:00:00.123456-0500", 1_767_225_600_000),
        ] as [(String, Int64)]
    )
    func credentialsAreRefusedFromTheirExpiryOn(text: String, milliseconds: Int64) async throws {
        let variables = Self.environment.merging(["AWS_CREDENTIAL_EXPIRATION": text]) { $1 }
        _ = try await self.find(in: context(variables), at: milliseconds - 1)
        let error = try await self.problem(in: context(variables), at: milliseconds)
        #expect(error.code == .credentialsExpired && error.message.contains("2026-01-01T00:00:00Z"))
        #expect(error.advice.contains("aws configure export-credentials"))
    }

    @Test func anExpiryThatIsNoTimeIsRefused() async throws {
        let variables = Self.environment.merging(["AWS_CREDENTIAL_EXPIRATION": "tomorrow"]) { $1 }
        #expect(try await self.problem(in: context(variables)).code == .invalidSetting)
    }

    @Test func halfACredentialIsAnErrorThatNamesTheOtherHalf() async throws {
        var error = try await self.problem(in: context(["AWS_ACCESS_KEY_ID": "K"]))
        #expect(error.code == .credentialsIncomplete && error.message.contains("AWS_SECRET_ACCESS_KEY"))
        error = try await self.problem(in: context(credentials: "[default]\naws_secret_access_key = HIDDEN\n"))
        #expect(error.code == .credentialsIncomplete && error.message.contains("aws_access_key_id"))
        #expect(!error.description.contains("HIDDEN"))
    }

    @Test(arguments: [
        ("sso_session = s", "IAM Identity Center"), ("sso_start_url = https://x", "IAM Identity Center"),
        ("role_arn = arn:aws:iam::1:role/r\nsource_profile = default", "role_arn"),
        ("role_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = /t", "web identity"),
        ("credential_process = /bin/x --secret HIDDEN", "credential_process"), ("login_session = s", "login_session"),
    ])
    func kindsThatAreNotSupportedAreNamedWithTheCommandThatHelps(settings: String, kind: String) async throws {
        let config = "[profile my team]\n\(settings)\n"
        let error = try await self.problem(.init(profile: "my team"), in: context(config: config))
        #expect(error.code == .credentialsUnsupported)
        #expect(error.message.contains(kind))
        #expect(
            error.advice.contains(#"eval "$(aws configure export-credentials --profile 'my team' --format env)""#)
        )
        #expect(error.advice.contains("AWS_PROFILE='my team'"))
        #expect(!error.description.contains("HIDDEN"))
    }

    @Test(arguments: [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "container"), ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "container"),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "web identity"),
    ])
    func kindsInTheEnvironmentAreNamedToo(variable: String, kind: String) async throws {
        let error = try await self.problem(in: context([variable: "/x"]))
        #expect(error.code == .credentialsUnsupported && error.message.contains(kind))
        #expect(error.advice.contains("aws configure export-credentials --profile default"))
    }

    @Test func aKindThatGoesBeforeKeysWinsOverThem() async throws {
        let config = "[default]\nrole_arn = arn:aws:iam::1:role/r\n"
        let error = try await self.problem(in: context(config: config, credentials: Self.files.credentials))
        #expect(error.code == .credentialsUnsupported)
    }

    @Test func theKeysOfTheCredentialsFileWinOverAnExternalProgram() async throws {
        let config = "[default]\ncredential_process = /bin/x\n"
        let found = try await self.find(in: context(config: config, credentials: Self.files.credentials))
        #expect(found.signing.accessKeyID == "FILEKEY")
    }

    @Test func withoutAnyTheErrorSaysHowToSetThem() async throws {
        let error = try await self.problem(in: context())
        #expect(error.code == .credentialsMissing)
        for word in ["AWS_ACCESS_KEY_ID", "aws configure", "export-credentials"] {
            #expect(error.advice.contains(word))
        }
    }

    @Test func anEndpointOnThisMachineNeedsNone() async throws {
        #expect(try await self.find(in: context(), isLocal: true) == .forLoopback)
        let config = "[default]\nsso_session = s\n"
        #expect(try await self.find(in: context(config: config), isLocal: true) == .forLoopback)
        #expect(try await self.find(in: context(Self.environment), isLocal: true).signing.accessKeyID == "ENVKEY")
    }

    @Test func aProfileThatWasAskedForIsNeverReplaced() async throws {
        let config = "[profile x]\nregion = us-east-1\n"
        let error = try await self.problem(.init(profile: "x"), in: context(config: config), isLocal: true)
        #expect(error.code == .credentialsMissing)
    }

    @Test func noTextShowsASecret() async throws {
        let resolver = try ConnectionResolver(
            options: .init(profile: "x"),
            context: context(credentials: Self.files.credentials)
        )
        let provider = try resolver.credentials()
        let credentials = try await provider.credentials(at: 0)
        var dumped = ""
        dump(provider, to: &dumped)
        dump(credentials, to: &dumped)
        for text in [
            "\(credentials)", String(reflecting: credentials), "\(provider)", String(reflecting: provider), dumped,
        ] {
            for secret in ["XSECRET", "XTOKEN"] { #expect(!text.contains(secret), "\(text)") }
        }
    }
}
