// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A program that is started without a shell, fed, read and, if need be, ended.
///
/// It runs in a session of its own: without our terminal, beyond the reach of ^C, and so that it can be ended with all
/// that it started. Of our descriptors it gets none.
struct ChildProgram: Sendable {
    /// Why a program was ended.
    enum Interruption: Hashable, Sendable {
        /// It took too long.
        case timeLimit
        /// It wrote more than is taken.
        case outputTooLarge
        /// Nobody wants the answer any more.
        case cancelled
    }

    /// How a process ends.
    enum Status: Hashable, Sendable {
        /// By itself, with this status.
        case exited(Int32)
        /// By this signal.
        case signaled(Int32)
    }

    /// Why a program did not begin.
    struct StartFailure: Error, Sendable, CustomStringConvertible {
        /// The system's number of the error; nil: it is none of the system's.
        var number: Int32?
        /// The same for people.
        var description: String

        init(_ error: SubprocessError) {
            self.number = error.underlyingError?.rawValue
            self.description = error.underlyingError.map { "\($0)" } ?? "\(error)"
        }
    }

    /// What came of it.
    struct End: Sendable {
        /// Its exit status or the signal that ended it.
        var status: Status
        /// What it wrote to standard output, within the limit.
        var output: [UInt8]
        /// Why it was ended; nil: it came to its own end.
        var interruption: Interruption?
    }

    /// The program's path.
    var path: String
    /// Its arguments.
    var arguments: [String]
    /// All of its environment.
    var environment: [String: String]
    /// How long it may run.
    var timeLimit: Duration
    /// How long it has to end after it was asked to (SIGTERM), until it is made to (SIGKILL).
    var grace: Duration
    /// The most it may write to standard output, in bytes.
    var outputLimit: Int

    /// How long a cancelled program has: less than the engine waits for what it has cancelled.
    static let graceOfCancellation = Duration.milliseconds(500)

    private enum Child: Sendable {
        case ended(Result<End, StartFailure>)
        case helper
    }

    /// Runs it to its end, which also cancellation waits for.
    ///
    /// - Parameters:
    ///   - input: What it reads from standard input.
    ///   - clock: What its time is measured with.
    ///   - onErrors: Gets what it writes to standard error.
    /// - Returns: How it ended.
    /// - Throws: Why it could not be started.
    func run(
        input: [UInt8],
        clock: any SessionClock,
        onErrors: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> End {
        let (stops, stop) = AsyncStream.makeStream(of: Interruption.self, bufferingPolicy: .bufferingOldest(1))
        // Awaited right below. A task of its own, as the program has to be ended in order when ours is cancelled.
        let supervision = Task {
            await self.supervise(input: input, clock: clock, onErrors: onErrors, stops: stops, stop: stop)
        }
        return try await withTaskCancellationHandler {
            await supervision.value
        } onCancel: {
            stop.yield(.cancelled)
        }.get()
    }

    private func supervise(
        input: [UInt8],
        clock: any SessionClock,
        onErrors: @escaping @Sendable ([UInt8]) -> Void,
        stops: AsyncStream<Interruption>,
        stop: AsyncStream<Interruption>.Continuation
    ) async -> Result<End, StartFailure> {
        let leader = ProgramLeader()
        return await withTaskGroup(of: Child.self) { group in
            group.addTask {
                let result = await self.execute(input: input, leader: leader, stop: stop, onErrors: onErrors)
                leader.ended()
                return .ended(result)
            }
            group.addTask {
                do {
                    try await clock.sleep(for: self.timeLimit)
                    stop.yield(.timeLimit)
                } catch {
                    // It ended in time.
                }
                return .helper
            }
            group.addTask {
                for await reason in stops {
                    leader.interrupt(reason)
                    // Who cancels does not wait for long.
                    let grace = reason == .cancelled ? min(self.grace, Self.graceOfCancellation) : self.grace
                    do { try await clock.sleep(for: grace) } catch { return .helper }
                    leader.kill()
                }
                return .helper
            }
            var result: Result<End, StartFailure>?
            while let child = await group.next() {
                guard case .ended(let end) = child else { continue }
                result = end
                group.cancelAll()
            }
            guard let result else { preconditionFailure("the program has not ended, but nobody watches it") }
            return result
        }
    }

    private func execute(
        input: [UInt8],
        leader: ProgramLeader,
        stop: AsyncStream<Interruption>.Continuation,
        onErrors: @escaping @Sendable ([UInt8]) -> Void
    ) async -> Result<End, StartFailure> {
        var options = PlatformOptions()
        options.createSession = true
        let configuration = Configuration(
            executable: .path(FilePath(self.path)),
            arguments: Arguments(self.arguments),
            environment: .custom(self.environment.map { Array("\($0.key)=\($0.value)\0".utf8) }),
            platformOptions: options
        )
        do {
            let result = try await Subprocess.run(
                configuration,
                input: .inputWriter,
                output: .sequence,
                error: .sequence
            ) { execution in
                leader.started(execution.processIdentifier.value)
                async let fed: Void = Self.feed(input, to: execution.standardInputWriter)
                async let told: Void = Self.read(execution.standardError, into: onErrors)
                let output = await self.collect(execution.standardOutput, stop: stop)
                _ = await (fed, told)
                return output
            }
            return .success(
                End(
                    status: Self.status(result.terminationStatus),
                    output: result.closureResult,
                    interruption: leader.interruption
                )
            )
        } catch let error as SubprocessError {
            return .failure(StartFailure(error))
        } catch {
            preconditionFailure("starting a program threw \(error)")
        }
    }

    private static func status(_ status: TerminationStatus) -> Status {
        switch status {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .signaled(signal)
        }
    }

    /// A program need not read what it gets: one that has closed its input is not at fault.
    private static func feed(_ input: [UInt8], to writer: StandardInputWriter) async {
        _ = try? await writer.write(input)
        try? await writer.finish()
    }

    private static func read(
        _ buffers: SubprocessOutputSequence,
        into body: @Sendable ([UInt8]) -> Void
    ) async {
        do {
            for try await buffer in buffers { body(buffer.withUnsafeBytes { Array($0) }) }
        } catch {
            // What was written up to there is there.
        }
    }

    private func collect(
        _ buffers: SubprocessOutputSequence,
        stop: AsyncStream<Interruption>.Continuation
    ) async -> [UInt8] {
        var output: [UInt8] = []
        do {
            for try await buffer in buffers {
                guard output.count + buffer.count <= self.outputLimit else {
                    // What still comes is read and dropped, or the program could not come to its end.
                    stop.yield(.outputTooLarge)
                    continue
                }
                output += buffer.withUnsafeBytes { Array($0) }
            }
        } catch {
            // What was written up to there is there.
        }
        return output
    }
}
