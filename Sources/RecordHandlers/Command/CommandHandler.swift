// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
import DynamoDBModel
package import StreamSession
import Synchronization

/// Hands each batch to a program: the event on standard input, the response on standard output.
///
/// The program runs once for each batch. What it means is what Lambda would make of a function: exit status 0 and the
/// response, or a function error for every other end. What it writes to standard error is published as it comes.
package struct CommandHandler: RecordHandler {
    private let configuration: CommandHandlerConfiguration
    private let event: LambdaEvent
    private let clock: any SessionClock

    /// Creates a handler.
    package init(configuration: CommandHandlerConfiguration, clock: any SessionClock) {
        self.configuration = configuration
        self.event = LambdaEvent(streamARN: configuration.streamARN)
        self.clock = clock
    }

    /// Runs the program on the batch.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let event = self.event.bytes(of: batch)
        if self.configuration.isDryRun {
            self.configuration.report(
                EventPlan(
                    batch: batch,
                    target: self.configuration.program.path,
                    operation: "command",
                    requests: [event]
                )
            )
            return .doneWithoutCheckpoint
        }
        try Task.checkCancellation()
        let lines = Mutex(OutputLines())
        let end: ChildProgram.End
        do {
            end = try await self.program.run(input: event, clock: self.clock) { bytes in
                for line in lines.withLock({ $0.append(bytes) }) { meter.say(line) }
            }
        } catch let error as ChildProgram.StartFailure {
            return self.outcome(ofFailedStart: error)
        }
        for line in lines.withLock({ $0.finish() }) { meter.say(line) }
        if end.interruption == .cancelled { throw CancellationError() }
        let response = CommandResponse.response(
            to: end,
            tail: lines.withLock { $0.tail },
            configuration: self.configuration
        )
        meter.add(
            HandlerWork(
                requests: ["command": 1],
                singleRequests: response.functionError == nil ? batch.records.count : 0
            )
        )
        return .responded(response)
    }

    private var program: ChildProgram {
        ChildProgram(
            path: self.configuration.program.path,
            arguments: self.configuration.arguments,
            environment: self.configuration.environment,
            timeLimit: self.configuration.timeLimit,
            grace: self.configuration.grace,
            outputLimit: self.configuration.responseLimit
        )
    }

    /// A machine that is out of processes or memory gets time; a program that is gone does not come back by itself.
    private func outcome(ofFailedStart error: ChildProgram.StartFailure) -> HandlerOutcome {
        let path = self.configuration.program.path
        switch error.number {
        case CommandProgram.isGone, CommandProgram.isForbidden, CommandProgram.isNoProgram:
            return .stop(
                reason: "the program \(path) cannot be started any more (\(error)): put it back, or make it "
                    + "executable again, and start over; the position has not moved."
            )
        default: return .retry(after: nil, reason: "the program \(path) could not be started: \(error)")
        }
    }
}
