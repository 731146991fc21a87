// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport

/// A program in a folder of its own, a clock that stands, and what the program says.
final class CommandFixture: Sendable {
    static let streamARN = StreamARN("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-01-01T00:00:00.000")

    /// As the program does at its beginning: who writes to a program that does not read must not die of it.
    private static let ignoresBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

    let folder: TemporaryFolder
    let clock = ManualClock()
    private let said = Mutex<[String]>([])
    private let lines: AsyncStream<String>
    private let speaker: AsyncStream<String>.Continuation

    init() throws {
        Self.ignoresBrokenPipes
        self.folder = try TemporaryFolder()
        (self.lines, self.speaker) = AsyncStream.makeStream(of: String.self)
    }

    /// What was said so far.
    var output: [String] { self.said.withLock { $0 } }

    /// Writes a shell script that may be run.
    func script(_ text: String, name: String = "handler", interpreter: String = "/bin/sh") throws -> String {
        let path = "\(self.folder.path)/\(name)"
        try Data("#!\(interpreter)\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    func meter() -> WorkMeter {
        WorkMeter { line in
            self.said.withLock { $0.append(line) }
            self.speaker.yield(line)
        }
    }

    /// Waits until the program has said a line.
    func waits(for line: String) async {
        for await next in self.lines where next == line { return }
    }

    func handler(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String] = ["PATH": "/usr/bin:/bin"],
        responseLimit: Int = 6_291_556,
        isDryRun: Bool = false,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) throws -> CommandHandler {
        CommandHandler(
            configuration: CommandHandlerConfiguration(
                program: try CommandProgram(program, searchPath: "/usr/bin:/bin"),
                arguments: arguments,
                environment: environment,
                streamARN: Self.streamARN,
                responseLimit: responseLimit,
                isDryRun: isDryRun,
                report: report
            ),
            clock: self.clock
        )
    }

    /// Runs a handler on a small batch and takes its response.
    func response(
        of handler: CommandHandler,
        to batch: RecordBatch = HandlerConformance.batch(1, of: 0..<3)
    ) async throws -> FunctionResponse {
        let outcome = try await handler.handle(batch, meter: self.meter())
        guard case .responded(let response) = outcome else { throw Unexpected(outcome: outcome) }
        return response
    }

    struct Unexpected: Error {
        var outcome: HandlerOutcome
    }
}

extension FunctionResponse {
    /// The body as text.
    var text: String { String(decoding: self.body, as: UTF8.self) }
}
