// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

@Suite struct RegionTests {
    private func region(_ options: ConnectionOptions, _ context: ProcessContext) throws -> String {
        try ConnectionResolver(options: options, context: context).region()
    }

    private func region(_ context: ProcessContext) throws -> String {
        try self.region(.init(), context)
    }

    @Test func theOptionGoesFirstThenTheEnvironmentThenTheProfile() throws {
        let config = "[default]\nregion = eu-west-3\n"
        let all = ["AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"]
        #expect(try self.region(.init(region: "us-west-2"), context(all, config: config)) == "us-west-2")
        #expect(try self.region(context(all, config: config)) == "eu-west-1")
        #expect(try self.region(context(["AWS_DEFAULT_REGION": "eu-west-2"], config: config)) == "eu-west-2")
        #expect(try self.region(context(config: config)) == "eu-west-3")
    }

    @Test func anEmptyVariableCountsAsUnset() throws {
        #expect(try self.region(context(["AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-2"])) == "eu-west-2")
    }

    @Test func theProfileThatWasAskedForSaysTheRegion() throws {
        let config = "[default]\nregion=a-1\n[profile x]\nregion = b-1\n[profile \"y z\"]\nregion: c-1\n"
        #expect(try self.region(.init(profile: "x"), context(config: config)) == "b-1")
        #expect(try self.region(context(["AWS_PROFILE": "y z"], config: config)) == "c-1")
        #expect(try self.region(context(["AWS_DEFAULT_PROFILE": "x"], config: config)) == "b-1")
    }

    @Test func withoutARegionTheErrorSaysHowToSetOne() throws {
        let error = try #require(throws: ConnectionError.self) { try self.region(context()) }
        #expect(error.code == .regionMissing)
        for word in ["--region", "AWS_REGION", "/home/user/.aws/config"] { #expect(error.advice.contains(word)) }
    }

    @Test func endpointsOnThisMachineNeedNoRegion() throws {
        #expect(try ConnectionResolver(options: .init(), context: context()).region(isLocal: true) == "us-east-1")
    }

    @Test(arguments: ["evil.example.com/", "us east", "-x", "a@b", "ä", String(repeating: "a", count: 64)])
    func whatIsNoRegionIsRefused(text: String) throws {
        let error = try #require(throws: ConnectionError.self) { try self.region(.init(region: text), context()) }
        #expect(error.code == .invalidSetting)
    }

    @Test func filesMayBeElsewhere() throws {
        let variables = ["AWS_CONFIG_FILE": "~/other", "AWS_SHARED_CREDENTIALS_FILE": "/etc/keys"]
        let elsewhere = ProcessContext(environment: variables, homeDirectory: "/home/user") { path in
            ["/home/user/other": "[default]\nregion = x-1", "/etc/keys": "[default]\nregion = y-1"][path]
        }
        #expect(try self.region(elsewhere) == "y-1")
    }

    @Test(arguments: [("region = x", 1), ("[default]\nregion", 2), ("# fine\n\n[profile x\n", 3)])
    func aLineThatCannotBeUnderstoodIsNamed(text: String, line: Int) throws {
        let error = try #require(throws: ConnectionError.self) { try self.region(context(config: text)) }
        #expect(error.code == .unreadableFile)
        #expect(error.message.contains("/home/user/.aws/config") && error.message.contains("line \(line)"))
    }

    @Test func aFileThatCannotBeReadIsNamed() throws {
        struct Denied: Error {}
        let denied = ProcessContext(environment: [:], homeDirectory: "/home/user") { _ in throw Denied() }
        let error = try #require(throws: ConnectionError.self) { try self.region(denied) }
        #expect(error.code == .unreadableFile && error.message.contains("/home/user/.aws/config"))
    }

    @Test func aProfileThatDoesNotExistIsAnErrorThatNamesThoseThatDo() throws {
        let known = context(["AWS_PROFILE": "y"], config: "[profile b]\n[default]\n", credentials: "[a]\n")
        let error = try #require(throws: ConnectionError.self) { try self.region(known) }
        #expect(error.code == .profileNotFound)
        #expect(error.description.contains("'y'") && error.advice.contains("a, b, default"))
    }
}
