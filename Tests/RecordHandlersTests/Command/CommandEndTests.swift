// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@Suite("A program that does not end by itself", .timeLimit(.minutes(2)))
struct CommandEndTests {
    /// Whether somebody still has a named pipe open for writing: the way to see processes that are not our children.
    private struct Witness {
        let path: String
        private let descriptor: Int32

        init(in folder: TemporaryFolder) throws {
            self.path = "\(folder.path)/witness"
            guard mkfifo(self.path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
            self.descriptor = open(self.path, O_RDONLY | O_NONBLOCK)
        }

        /// Waits until nobody has it open any more.
        func allHaveGone() async {
            let descriptor = self.descriptor
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    _ = fcntl(descriptor, F_SETFL, 0)
                    var byte: UInt8 = 0
                    while read(descriptor, &byte, 1) > 0 {}
                    close(descriptor)
                    continuation.resume()
                }
            }
        }
    }

    private static func run(_ fixture: CommandFixture, _ script: String) throws -> Task<HandlerOutcome, any Error> {
        let handler = try fixture.handler(try fixture.script(script))
        return Task { try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: fixture.meter()) }
    }

    private static func expectTimeout(_ outcome: HandlerOutcome) throws {
        guard case .responded(let response) = outcome else { throw CommandFixture.Unexpected(outcome: outcome) }
        #expect(response.functionError == "Unhandled")
        let error = try JSONValue(parsing: response.body)
        #expect(error["errorType"]?.string == "Sandbox.Timedout")
        #expect(error["errorMessage"]?.string?.hasPrefix("Task timed out after 60.00 seconds") == true)
    }

    @Test func atItsTimeLimitItIsAskedToEnd() async throws {
        let fixture = try CommandFixture()
        let task = try Self.run(
            fixture,
            "trap 'echo asked >&2; exit 0' TERM; echo ready >&2; while :; do sleep 0.05; done"
        )
        await fixture.waits(for: "ready")
        fixture.clock.advance(by: .milliseconds(59_999))
        #expect(fixture.clock.sleeperCount == 1)
        fixture.clock.advance(by: .milliseconds(1))
        try Self.expectTimeout(try await task.value)
        #expect(fixture.output.first == "ready" && fixture.output.last == "asked")
    }

    @Test func oneThatDoesNotListenIsEndedAfterTheGrace() async throws {
        let fixture = try CommandFixture()
        let task = try Self.run(fixture, "trap '' TERM; echo ready >&2; while :; do sleep 0.05; done")
        await fixture.waits(for: "ready")
        fixture.clock.advance(by: .seconds(60))
        await fixture.clock.waitForSleepers()
        fixture.clock.advance(by: .seconds(2))
        try Self.expectTimeout(try await task.value)
    }

    @Test func whatItStartedEndsWithIt() async throws {
        let fixture = try CommandFixture()
        let witness = try Witness(in: fixture.folder)
        // The child does not listen, and its parent does not wait for it.
        let task = try Self.run(
            fixture,
            "sh -c 'trap \"\" TERM; exec 3>\(witness.path); echo ready >&2; while :; do sleep 0.05; done' & "
                + "trap 'exit 0' TERM; while :; do sleep 0.05; done"
        )
        await fixture.waits(for: "ready")
        fixture.clock.advance(by: .seconds(60))
        try Self.expectTimeout(try await task.value)
        await witness.allHaveGone()
    }

    @Test func oneThatHasClosedItsOutputIsStillBounded() async throws {
        let fixture = try CommandFixture()
        let task = try Self.run(fixture, "echo ready >&2; exec >/dev/null 2>/dev/null; while :; do sleep 0.05; done")
        await fixture.waits(for: "ready")
        fixture.clock.advance(by: .seconds(60))
        try Self.expectTimeout(try await task.value)
    }

    @Test func cancellationEndsItAndIsNoFailure() async throws {
        let fixture = try CommandFixture()
        let witness = try Witness(in: fixture.folder)
        let task = try Self.run(fixture, "exec 3>\(witness.path); echo ready >&2; while :; do sleep 0.05; done")
        await fixture.waits(for: "ready")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await witness.allHaveGone()
    }

    @Test func whoDoesNotListenToCancellationHasHalfASecond() async throws {
        let fixture = try CommandFixture()
        let task = try Self.run(fixture, "trap '' TERM; echo ready >&2; while :; do sleep 0.05; done")
        await fixture.waits(for: "ready")
        task.cancel()
        // The time limit and the grace.
        await fixture.clock.waitForSleepers(2)
        fixture.clock.advance(by: .milliseconds(500))
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func nothingIsStartedForACancelledTask() async throws {
        let fixture = try CommandFixture()
        let mark = "\(fixture.folder.path)/mark"
        let handler = try fixture.handler("touch", [mark])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: fixture.meter())
        }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
