// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RecordHandlers
import TestSupport
import Testing

@Suite("What a program gets and where it is")
struct CommandSetupTests {
    private static let ours = [
        "PATH": "/bin", "HOME": "/home/user", "LANG": "C.UTF-8", "TZ": "UTC", "SECRET": "s", "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token", "USER": "user",
    ]

    private static func variables(
        _ settings: [String] = [],
        credentials: Bool = false,
        profile: String? = nil
    ) throws(HandlerSetupError) -> [String: String] {
        try CommandEnvironment.variables(
            of: Self.ours,
            settings: settings,
            includesCredentials: credentials,
            profile: profile
        )
    }

    @Test func byDefaultFourVariablesArePassed() throws {
        #expect(
            try Self.variables() == ["PATH": "/bin", "HOME": "/home/user", "LANG": "C.UTF-8", "TZ": "UTC"]
        )
    }

    @Test func whatIsNotSetHereIsNotPassed() throws {
        let variables = try CommandEnvironment.variables(
            of: ["PATH": "/bin"],
            settings: [],
            includesCredentials: false
        )
        #expect(variables == ["PATH": "/bin"])
    }

    @Test func settingsAddAndReplace() throws {
        let variables = try Self.variables(["USER", "MODE=a=b", "EMPTY=", "TZ=CET"])
        #expect(variables["USER"] == "user")
        #expect(variables["MODE"] == "a=b")
        #expect(variables["EMPTY"]?.isEmpty == true)
        #expect(variables["TZ"] == "CET")
        #expect(variables["SECRET"] == nil)
    }

    @Test(arguments: CommandEnvironment.credentials.sorted())
    func credentialsAreNotPassedByAName(name: String) throws {
        for setting in [name, "\(name)=value"] {
            let error = #expect(throws: HandlerSetupError.self) { try Self.variables([setting]) }
            #expect(error?.description.contains("--handler-credentials") == true)
        }
        #expect(try Self.variables(["\(name)=value"], credentials: true)[name] == "value")
    }

    @Test func credentialsThatAreAskedForComeWithAllOfAWS() throws {
        let variables = try Self.variables(credentials: true, profile: "work")
        #expect(variables["AWS_ACCESS_KEY_ID"] == "id")
        #expect(variables["AWS_SECRET_ACCESS_KEY"] == "secret")
        #expect(variables["AWS_SESSION_TOKEN"] == "token")
        #expect(variables["AWS_REGION"] == "us-east-1")
        #expect(variables["AWS_PROFILE"] == "work")
        #expect(variables["SECRET"] == nil)
    }

    @Test(arguments: ["", "=value", "NOT_SET"])
    func aSettingThatIsNoneIsNamed(setting: String) {
        let error = #expect(throws: HandlerSetupError.self) { try Self.variables([setting]) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains("--handler-env") == true)
    }

    @Test func aNameIsLookedForInAbsoluteFoldersInOrder() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: "\(folder.path)/true"))
        // The one that may not be run is passed over, as a shell does.
        #expect(try CommandProgram("true", searchPath: ":.:\(folder.path):/nowhere:/bin").path == "/bin/true")
    }

    @Test func aPathIsTakenAsItIs() throws {
        #expect(try CommandProgram("/bin/../bin/sh", searchPath: nil).path == "/bin/../bin/sh")
    }

    @Test func whatIsNotThereIsFoundBeforeAnythingBegins() throws {
        let missing = #expect(throws: HandlerSetupError.self) {
            try CommandProgram("no-such-program", searchPath: "/usr/bin:/bin")
        }
        #expect(missing?.code == .programNotFound)
        #expect(missing?.description.contains("/usr/bin:/bin") == true)
        let path = #expect(throws: HandlerSetupError.self) {
            try CommandProgram("./no/such/program", searchPath: "/usr/bin:/bin")
        }
        #expect(path?.code == .programNotFound)
        let nothing = #expect(throws: HandlerSetupError.self) { try CommandProgram("", searchPath: "/bin") }
        #expect(nothing?.description.contains("-- PROGRAM") == true)
    }

    @Test func whatMayNotBeRunComesWithTheCommandThatMendsIt() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/script"
        try Data("#!/bin/sh\n".utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: HandlerSetupError.self) { try CommandProgram(path, searchPath: nil) }
        #expect(error?.code == .programNotExecutable)
        #expect(error?.description.contains("chmod +x \(path)") == true)
        // Also when a name is found, but only so.
        let named = #expect(throws: HandlerSetupError.self) { try CommandProgram("script", searchPath: folder.path) }
        #expect(named?.code == .programNotExecutable)
        let directory = #expect(throws: HandlerSetupError.self) { try CommandProgram(folder.path, searchPath: nil) }
        #expect(directory?.code == .programNotExecutable)
    }
}
