// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import UnixSignals

/// Runs a consumer until it ends, a signal comes, or nobody reads its output any more.
struct ConsumerRun {
    /// How it ended.
    enum Ending: Hashable, Sendable {
        /// The consumer ended by itself.
        case finished
        /// What was waited for is there; in words.
        case reached(String)
        /// A signal asked for the end; its number.
        case signal(Int32)
        /// Nobody reads the output any more.
        case outputClosed
    }

    private enum Child: Sendable {
        case consumer(Result<Ending, any Error>)
        case frames
        case helper
    }

    /// Runs and hands the frames of the session on, in order.
    ///
    /// When a signal comes, the consumer stops in good order; at the second one the process ends at once.
    ///
    /// - Parameters:
    ///   - consumer: What is run.
    ///   - clock: Tells two signals from one that came twice.
    ///   - onFrame: Gets each frame but the empty key frame at the beginning; says whether to go on.
    ///   - meanwhile: Runs beside it and is cancelled at the end.
    ///   - until: When this returns, the consumer stops in good order, for the reason returned; nil: it ends by itself.
    /// - Returns: Why it ended.
    /// - Throws: What the consumer throws.
    static func run(
        _ consumer: StreamConsumer,
        clock: any SessionClock = SystemClock(),
        onFrame: @escaping @Sendable (SessionFrame) -> Bool,
        meanwhile: @escaping @Sendable () async throws -> Void = {},
        until: (@Sendable () async throws -> String)? = nil
    ) async throws -> Ending {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let frames = consumer.session.frames(bufferLimit: 16_384)
        let (stops, stop) = AsyncStream.makeStream(of: Ending.self, bufferingPolicy: .bufferingOldest(1))
        let (readiness, ready) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Child.self) { group in
            group.addTask {
                var hasBegun = false
                for await frame in frames {
                    if hasBegun {
                        if !onFrame(frame) { stop.yield(.outputClosed) }
                    } else {
                        // The first is the state before anything happened.
                        hasBegun = true
                        ready.finish()
                    }
                }
                return .frames
            }
            group.addTask {
                await Self.watch(signals, clock: clock, stop: stop)
                return .helper
            }
            group.addTask {
                try await Companion.run(meanwhile)
                return .helper
            }
            if let until {
                group.addTask {
                    try await Companion.run {
                        stop.yield(.reached(try await until()))
                    }
                    return .helper
                }
            }
            group.addTask {
                for await _ in readiness {}
                return .consumer(await Self.run(consumer, until: stops))
            }
            var result: Result<Ending, any Error>?
            var hasAllFrames = false
            while result == nil || !hasAllFrames {
                switch try await group.next() {
                case .consumer(let end): result = end
                case .frames: hasAllFrames = true
                case .helper: break
                case nil: preconditionFailure("no child is left, but the consumer has not ended")
                }
            }
            group.cancelAll()
            try await group.waitForAll()
            return try result?.get() ?? .finished
        }
    }

    /// Runs the consumer; the first stop cancels it.
    private static func run(
        _ consumer: StreamConsumer,
        until stops: AsyncStream<Ending>
    ) async -> Result<Ending, any Error> {
        await withTaskGroup(of: Result<Ending, any Error>?.self) { group in
            group.addTask {
                do {
                    try await consumer.run()
                    return .success(.finished)
                } catch is CancellationError {
                    return nil
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                for await ending in stops { return .success(ending) }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            // What the consumer says at its end matters: a stop does not hide a failure.
            let second = await group.next() ?? nil
            if case .failure = second { return second ?? .success(.finished) }
            return first ?? second ?? .success(.finished)
        }
    }

    /// A second signal that comes sooner is the first one once more: `timeout` sends it to the program and to its group.
    static let echo = Duration.milliseconds(250)

    private static func watch(
        _ signals: UnixSignalsSequence,
        clock: any SessionClock,
        stop: AsyncStream<Ending>.Continuation
    ) async {
        var stoppingSince: Timestamp?
        for await signal in signals {
            let now = clock.now
            if let stoppingSince {
                guard now.since(stoppingSince) >= Self.echo else { continue }
                LineOutput.standardError().line("weir: ended at once: what is not stored is delivered again")
                ProcessTerminal.exitNow(128 + signal.rawValue)
            }
            stoppingSince = now
            stop.yield(.signal(signal.rawValue))
        }
    }
}
