// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import Dashboard
import StreamSession
import Synchronization

/// Runs a consumer until there is something to see, and prints one screen of it.
struct LiveSnapshot: Sendable {
    /// How long is waited for a first batch when nothing else ends the run.
    static let patience = Duration.seconds(10)
    private static let step = Duration.milliseconds(100)

    let process: ProgramContext
    let snapshot: ScreenSnapshot
    /// Whether a limit of the user's ends the run.
    let hasLimit: Bool

    /// Runs it and prints its last moment.
    ///
    /// - Parameters:
    ///   - consumer: What is run.
    ///   - meanwhile: Runs beside it and is cancelled at the end.
    ///   - until: When this returns the picture is taken; nil: at a limit, or else when a first batch is done.
    /// - Returns: How the program ends unless all went well.
    func run(
        _ consumer: StreamConsumer,
        meanwhile: @escaping @Sendable () async throws -> Void = {},
        until: (@Sendable () async throws -> String)? = nil
    ) async -> ProgramFailure? {
        let shown = Mutex(SessionState())
        let firstBatch: @Sendable () async throws -> String = { try await self.waitForBatch(consumer) }
        do {
            let ending = try await ConsumerRun.run(
                consumer,
                onFrame: { frame in
                    shown.withLock { Self.apply(frame, to: &$0) }
                    return true
                },
                meanwhile: meanwhile,
                until: until ?? (self.hasLimit ? nil : firstBatch)
            )
            if case .signal(let number) = ending { return ProgramFailure(status: 128 + number, message: nil) }
        } catch {
            return FailureText.failure(for: error)
        }
        var snapshot = self.snapshot
        snapshot.options.capabilities = consumer.session.capabilities
        snapshot.print(shown.withLock { $0 }, process: self.process)
        return self.process.output.endOfProgram
    }

    /// The picture is of the running session: that it was ended for the picture is not in it.
    private static func apply(_ frame: SessionFrame, to state: inout SessionState) {
        switch frame {
        case .keyframe(let whole): state = whole
        case .event(let event):
            if case .ended = event.kind { return }
            state.apply(event)
        }
    }

    /// Returns a second after the first batch is over, when its figures are known, or when there was none for long.
    private func waitForBatch(_ consumer: StreamConsumer) async throws -> String {
        var waited = Duration.zero
        while waited < Self.patience {
            let totals = consumer.session.withState(\.totals)
            if totals.batchesSucceeded + totals.batchesDiscarded > 0 {
                try await self.process.clock.sleep(for: .milliseconds(1100))
                return "the first batch is done"
            }
            try await self.process.clock.sleep(for: Self.step)
            waited += Self.step
        }
        return "nothing came for \(Self.patience.components.seconds) seconds"
    }
}
