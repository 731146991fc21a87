// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// What neither the compiler nor the formatter checks.
struct SourceRulesTests {
    private let tree = ProjectTree()

    @Test func onlyTheSystemClockReadsTheMachinesTime() throws {
        let breaches = try self.sources().flatMap { try SourceRules.breaches(of: SourceRules.clocks, in: $0) }
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func theSystemClockIsWhereTheExceptionSaysItIs() throws {
        let file = try #require(try self.tree.file(SourceRules.systemClock))
        let moved = ProjectFile(path: "Sources/Elsewhere/SystemClock.swift", text: file.text)
        #expect(try SourceRules.breaches(of: SourceRules.clocks, in: file).isEmpty)
        #expect(try !SourceRules.breaches(of: SourceRules.clocks, in: moved).isEmpty)
    }

    @Test func nothingSwitchesTheCompilersChecksOff() throws {
        let breaches = try self.sources().flatMap { try SourceRules.breaches(of: SourceRules.safety, in: $0) }
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func onlyTheProgramPrints() throws {
        let breaches = try self.sources().flatMap { try SourceRules.breaches(of: SourceRules.output, in: $0) }
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func testsNeitherSleepNorReadTheTime() throws {
        let breaches = try self.tree.files(below: "Tests", extensions: ["swift"]).flatMap {
            try SourceRules.breaches(of: SourceRules.clocksOfTests, in: $0)
        }
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func everyFileHasItsHeaderAndStaysReadable() throws {
        let breaches = try self.tree.everything().filter(SourceRules.hasForm).flatMap(SourceRules.breachesOfForm)
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func noFileNamesOneMachineOrUnfinishedWorkOrARealKey() throws {
        let files = try self.tree.everything()
        #expect(files.count > 100)
        let breaches = try files.flatMap(SourceRules.breachesAnywhere)
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test(arguments: [
        "let a = Date()", "let a = Date.now", "let c = ContinuousClock()", "let c: SuspendingClock",
        "try await Task.sleep(for: .seconds(1))", "Thread.sleep(forTimeInterval: 1)",
        "clock_gettime(CLOCK_REALTIME, &t)",
        "usleep(10)", "sleep(1)", "nanosleep(&t, nil)", "let d = NIODeadline.now()", "let s = \"at \\(Date())\"",
    ])
    func aReadingOfTheTimeIsFound(source: String) throws {
        #expect(try SourceRules.breaches(of: SourceRules.clocks, in: self.file(source)).count >= 1)
    }

    @Test(arguments: [
        "try await self.clock.sleep(for: pause)", "let text = \"Date()\"", "// Task.sleep", "state.lastUpdate(at: now)",
        "clock.sleep(for: .seconds(1))",
        "let now = self.clock.now", "func update(_ x: Int) {}",
    ])
    func theInjectedClockIsNotTakenForAReading(source: String) throws {
        #expect(try SourceRules.breaches(of: SourceRules.clocks, in: self.file(source)).isEmpty)
    }

    @Test(arguments: [
        "let a = try! f()", "struct S: @unchecked Sendable {}", "nonisolated(unsafe) var x = 0",
        "unsafeBitCast(a, to: Int.self)",
    ])
    func aSwitchedOffCheckIsFound(source: String) throws {
        #expect(try SourceRules.breaches(of: SourceRules.safety, in: self.file(source)).count == 1)
    }

    @Test func aPrintIsFoundInALibraryAndLeftInTheProgram() throws {
        let source = "print(\"x\")\n"
        let program = ProjectFile(path: "Sources/weir/A.swift", text: source)
        #expect(try SourceRules.breaches(of: SourceRules.output, in: self.file(source)).count == 1)
        #expect(try SourceRules.breaches(of: SourceRules.output, in: program).isEmpty)
        #expect(try SourceRules.breaches(of: SourceRules.output, in: self.file("grid.print(1)")).isEmpty)
    }

    @Test(arguments: ["", "// Weir\n", "\n// Weir, copyright the Weir project authors\n"])
    func aMissingHeaderIsFound(source: String) {
        #expect(SourceRules.breachesOfForm(in: ProjectFile(path: "Sources/A/A.swift", text: source)).count == 1)
    }

    @Test func aScriptHasItsHeaderBelowTheLineThatNamesItsShell() {
        let header = SourceRules.header.map { "# \($0)\n" }.joined()
        let good = ProjectFile(path: "dev", text: "#!/usr/bin/env bash\n" + header)
        let bad = ProjectFile(path: "dev", text: "#!/usr/bin/env bash\n\n" + header)
        #expect(SourceRules.breachesOfForm(in: good).isEmpty)
        #expect(SourceRules.breachesOfForm(in: bad).count == 1)
    }

    @Test func theLongestFileAllowedPassesAndOneLineMoreIsFound() {
        let header = SourceRules.header.map { "// \($0)\n" }.joined()
        let rest = String(repeating: "let a = 1\n", count: SourceRules.longest - 2)
        #expect(SourceRules.breachesOfForm(in: ProjectFile(path: "A.swift", text: header + rest)).isEmpty)
        #expect(SourceRules.breachesOfForm(in: ProjectFile(path: "A.swift", text: header + rest + "}\n")).count == 1)
    }

    @Test(arguments: ["/" + "work/x", "see /" + "opt/swift/usr", "FIX" + "ME later", "AKIA" + "ABCDEFGHIJKLMNOP"])
    func whatBelongsInNoFileIsFound(source: String) throws {
        #expect(try SourceRules.breachesAnywhere(in: self.file(source)).count == 1)
    }

    @Test(arguments: [".build/debug/weir", "https://host/build/x", "AKIAIOSFODNN7EXAMPLE", "a/work/b"])
    func whatOnlyLooksLikeItIsLeft(source: String) throws {
        #expect(try SourceRules.breachesAnywhere(in: self.file(source)).isEmpty)
    }

    private func sources() throws -> [ProjectFile] {
        try self.tree.files(below: "Sources", extensions: ["swift", "c", "h"])
    }

    private func file(_ source: String) -> ProjectFile {
        ProjectFile(path: "Sources/ConsumerEngine/A.swift", text: source)
    }
}
