// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import UnixSignals

/// The time between the end of the screen and that of the consumer: what is in flight is finished, the user is told if that
/// takes long, and a signal ends the process at once.
struct FinishingWatch: Sendable {
    /// After how long the user is told.
    private static let patience = Duration.milliseconds(500)

    let process: ProgramContext
    /// Says how it went, before a signal ends the process.
    let summary: @Sendable (UnixSignal) -> Void

    /// Runs what has a screen.
    ///
    /// - Parameter body: What is run; calls what it gets once the screen is given back.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (_ hasClosed: @escaping @Sendable () -> Void) async throws -> Value
    ) async throws -> Value {
        let (closings, closing) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body { closing.finish() } }
            group.addTask {
                for await _ in closings {}
                if !Task.isCancelled { await self.watch() }
                return nil
            }
            while let child = try await group.next() {
                guard let value = child else { continue }
                group.cancelAll()
                return value
            }
            preconditionFailure("what has a screen has neither returned nor thrown")
        }
    }

    private func watch() async {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        await withTaskGroup { group in
            group.addTask {
                guard (try? await self.process.clock.sleep(for: Self.patience)) != nil else { return }
                self.process.errors.line(
                    "Finishing what is in flight. ^C ends at once; what is not stored by then is delivered again."
                )
            }
            group.addTask {
                for await signal in signals {
                    self.summary(signal)
                    ProcessTerminal.exitNow(128 + signal.rawValue)
                }
            }
        }
    }
}
