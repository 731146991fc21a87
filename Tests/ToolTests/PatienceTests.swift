// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import weir

@Suite("A service that takes long", .timeLimit(.minutes(1)))
struct PatienceTests {
    private static func said(_ body: (ManualClock, ProgramContext) async throws -> Void) async throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.path + "/said"
        let clock = ManualClock()
        var process = try ProgramContext.current(log: LogArguments.parse([]))
        process.clock = clock
        process.errors = try LineOutput.file(path)
        try await body(clock, process)
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func isNamedAfterFiveSecondsOnce() async throws {
        let said = try await Self.said { clock, process in
            await Patience.waiting(for: "http://there", process: process) {
                await clock.waitForSleepers()
                clock.advance(by: Patience.limit)
            }
        }
        #expect(Patience.limit == .seconds(5))
        #expect(said == "weir: http://there has not answered yet; waiting.\n")
    }

    @Test func isNotNamedIfItAnswersInTime() async throws {
        let said = try await Self.said { clock, process in
            let answer = await Patience.waiting(for: "http://there", process: process) { () -> Int in
                await clock.waitForSleepers()
                clock.advance(by: Patience.limit - .milliseconds(1))
                return 7
            }
            #expect(answer == 7)
        }
        #expect(said.isEmpty)
    }
}
