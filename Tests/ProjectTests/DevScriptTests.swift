// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `./dev` tells the truth: its last line and its status are what CI goes by.
struct DevScriptTests {
    private static let good = #"<testcase classname="A" name="one()" time="0.1" />"#
    private static let bad = """
        <testcase classname="A" name="two()" time="0.1" >
          <failure message="first" />
          <failure message="second" />
        </testcase>
        """
    private static let skipped = """
        <testcase classname="A" name="three()" >
          <skipped>why</skipped>
        </testcase>
        """

    private let sandbox: DevSandbox

    init() throws { self.sandbox = try DevSandbox() }

    @Test func aRunWithoutFailureEndsWithItsCount() async throws {
        try self.sandbox.setResults([Self.good, Self.good, Self.skipped].joined(separator: "\n"))
        let result = try await self.sandbox.dev(["test"])
        #expect(self.lastLine(result) == "2 passed, 0 failed")
        #expect(result.status == 0)
    }

    @Test func aTestThatFailsTwiceCountsOnce() async throws {
        try self.sandbox.setResults([Self.good, Self.bad].joined(separator: "\n"))
        let result = try await self.sandbox.dev(["test"], with: ["FAKE_TEST": "1"])
        #expect(self.lastLine(result) == "1 passed, 1 failed")
        #expect(result.status == 1)
    }

    @Test func whatFailedIsRepeatedBesideTheCount() async throws {
        try self.sandbox.setResults([Self.good, Self.bad].joined(separator: "\n"))
        try self.sandbox.setPrinted(
            """
            ✘ Test two() recorded an issue at Two.swift:7:3: Expectation failed: 1 == 2
            ↳ one is not two
            ✘ Test two() failed after 0.1 seconds with 1 issue.
            ✔ Test one() passed after 0.1 seconds.
            ↳ a remark of no failure
            ✘ Test run with 2 tests in 1 suite failed after 0.2 seconds with 1 issue.

            """
        )
        let result = try await self.sandbox.dev(["test"], with: ["FAKE_TEST": "1"])
        let end = result.text.components(separatedBy: "what failed:\n").last
        #expect(
            end == """
                  ✘ Test two() recorded an issue at Two.swift:7:3: Expectation failed: 1 == 2
                  ↳ one is not two
                  ✘ Test two() failed after 0.1 seconds with 1 issue.
                1 passed, 1 failed

                """
        )
    }

    @Test func recordedSessionsAreListedAndAWrongNameIsToldWhatThereIs() async throws {
        for name in ["one", "two"] { try self.sandbox.setRecording(name) }
        let list = try await self.sandbox.dev(["demo", "--recording"])
        #expect(list.status == 0)
        #expect(list.text == "one\ntwo\n")
        let wrong = try await self.sandbox.dev(["demo", "--recording", "three"])
        #expect(wrong.status == 2)
        #expect(wrong.errorText.contains("no recording \"three\"; there are one two"))
    }

    @Test func aFindingOfLintCountsAsAFailure() async throws {
        try self.sandbox.setResults(Self.good)
        let result = try await self.sandbox.dev(["test"], with: ["FAKE_LINT": "1"])
        #expect(self.lastLine(result) == "1 passed, 1 failed")
        #expect(result.status == 1)
    }

    @Test func aBuildThatFailsIsAFailureAndRunsNoTest() async throws {
        try self.sandbox.setResults(Self.good)
        let result = try await self.sandbox.dev(["test"], with: ["FAKE_BUILD": "1"])
        #expect(self.lastLine(result) == "0 passed, 1 failed")
        #expect(result.status == 1)
    }

    @Test func aRunThatCrashesIsAFailureBesideWhatItHadDone() async throws {
        try self.sandbox.setPrinted(
            """
            ✔ Test one() passed after 0.1 seconds.
            ✘ Test two() failed after 0.1 seconds with 1 issue.
            error: Exited with unexpected signal code 11

            """
        )
        let result = try await self.sandbox.dev(["test"], with: ["FAKE_TEST": "1"])
        #expect(self.lastLine(result) == "1 passed, 2 failed")
        #expect(result.status == 1)
    }

    @Test func aStatusWithoutAFailedTestIsAFailureNevertheless() async throws {
        try self.sandbox.setResults(Self.good)
        let result = try await self.sandbox.dev(["test"], with: ["FAKE_TEST": "1"])
        #expect(self.lastLine(result) == "1 passed, 1 failed")
        #expect(result.status == 1)
    }

    @Test(arguments: ["", skipped])
    func aRunOfNothingIsAFailure(results: String) async throws {
        try self.sandbox.setResults(results)
        let result = try await self.sandbox.dev(["test"])
        #expect(self.lastLine(result) == "0 passed, 1 failed")
        #expect(result.status == 1)
    }

    @Test func theTestsOfExamplesCountWithTheOthers() async throws {
        try self.sandbox.setResults(Self.good)
        try self.sandbox.setExample("One", results: Self.good + "\n" + Self.good)
        try self.sandbox.setExample("Two", results: Self.good)
        let result = try await self.sandbox.dev(["test"])
        #expect(self.lastLine(result) == "4 passed, 0 failed")
        #expect(result.status == 0)
    }

    @Test func anExampleThatDoesNotBuildIsAFailureThatIsRepeated() async throws {
        try self.sandbox.setResults(Self.good)
        try self.sandbox.setExample("One", results: nil)
        let result = try await self.sandbox.dev(["test"])
        #expect(self.lastLine(result) == "1 passed, 1 failed")
        #expect(result.status == 1)
        #expect(result.text.contains("what failed:\n  Example.swift:1:1: error: it does not build\n"))
    }

    @Test func whoAsksForCertainTestsGetsNoExample() async throws {
        try self.sandbox.setResults(Self.good)
        try self.sandbox.setExample("One", results: nil)
        let result = try await self.sandbox.dev(["test", "--filter", "A"])
        #expect(self.lastLine(result) == "1 passed, 0 failed")
    }

    @Test(arguments: ["5.10.1", "6.1.3"])
    func anOldSwiftIsRefusedWithWhereToGetANewerOne(version: String) async throws {
        let result = try await self.sandbox.dev(["build"], with: ["FAKE_VERSION": version])
        #expect(result.status == 1)
        #expect(result.errorText.contains("6.2"))
        #expect(result.errorText.contains("https://www.swift.org/install"))
    }

    @Test(arguments: ["6.2", "6.3.1", "7.0", "10.0"])
    func aNewerSwiftIsAccepted(version: String) async throws {
        #expect(try await self.sandbox.dev(["build"], with: ["FAKE_VERSION": version]).status == 0)
    }

    @Test func missingPackagesAreListedAndNotInstalledIfThatIsNotWanted() async throws {
        let missing = ["FAKE_PACKAGE": "not-installed"]
        let result = try await self.sandbox.dev(["demo", "--no-install"], with: missing)
        #expect(result.status == 1)
        for package in ["libncurses-dev", "libsqlite3-dev", "zlib1g-dev"] {
            #expect(result.errorText.contains(package))
        }
        #expect(!result.errorText.contains("tmux"))
        let test = try await self.sandbox.dev(["test", "--no-install"], with: missing)
        #expect(test.status == 1)
        for package in ["tmux", "ncurses-term", "python3-venv"] { #expect(test.errorText.contains(package)) }
    }

    @Test func aMachineWithoutSwiftIsToldWhereToGetIt() async throws {
        let tools = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(tools.path)/dirname",
            withDestinationPath: "/usr/bin/dirname"
        )
        let result = try await self.sandbox.dev(["demo"], with: ["PATH": tools.path])
        #expect(result.status == 1)
        #expect(result.errorText.contains("https://www.swift.org/install"))
    }

    @Test(arguments: [["nonsense"], ["install"], ["install", "--prefix"], ["lint", "extra"]])
    func wrongUsageHasItsOwnStatus(arguments: [String]) async throws {
        let result = try await self.sandbox.dev(arguments)
        #expect(result.status == 2)
        #expect(!result.errorText.isEmpty)
    }

    @Test func helpNamesEveryCommand() async throws {
        let help = try await self.sandbox.dev(["help"])
        #expect(help.status == 0)
        for command in ["demo", "test", "lint", "format", "build", "bench", "install", "help"] {
            #expect(help.text.contains("  \(command) "), "\(command)")
        }
    }

    /// What CI reads.
    private func lastLine(_ result: ProgramRun) -> Substring { result.text.split(separator: "\n").last ?? "" }
}
