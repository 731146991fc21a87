// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
package import ConsumerEngine
import DynamoDBModel
import StreamSession

/// Invokes a function with each batch by Lambda's Invoke API and waits for its answer.
///
/// The other side may be Lambda, the runtime interface emulator in a container, or whatever speaks the same. What was not
/// invoked (throttled, out of reach, a fault of the service) comes again without counting as an attempt; what cannot
/// succeed stops the consumer.
package struct FunctionHandler: RecordHandler {
    private let configuration: FunctionHandlerConfiguration
    private let event: LambdaEvent
    private let connection: ServiceConnection

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - configuration: The function.
    ///   - connection: Where it is. It must not repeat calls by itself, as an invocation that was not answered in time
    ///     may have been made, and must wait for longer than a function may run.
    package init(configuration: FunctionHandlerConfiguration, connection: ServiceConnection) {
        self.configuration = configuration
        self.event = LambdaEvent(streamARN: configuration.streamARN)
        self.connection = connection
    }

    /// Invokes the function.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let event = self.event.bytes(of: batch)
        if self.configuration.isDryRun {
            self.configuration.report(
                EventPlan(
                    batch: batch,
                    target: self.configuration.function.text,
                    operation: "Invoke",
                    requests: [event]
                )
            )
            return .doneWithoutCheckpoint
        }
        var work = HandlerWork(requests: ["Invoke": 1])
        let outcome: InvokeOutcome
        do throws(AWSCallError) {
            let reply = try await self.connection.send(self.call(event))
            outcome = InvokeOutcome(reply, isAWS: self.connection.endpoint.isAWS)
        } catch {
            if case .cancelled = error.reason { throw CancellationError() }
            if error.isThrottle { work.throttles = 1 }
            outcome = InvokeOutcome(error, function: self.configuration.function, isAWS: self.connection.endpoint.isAWS)
        }
        for line in outcome.log { meter.say(line) }
        if case .responded(let response) = outcome.outcome, response.functionError == nil {
            work.singleRequests = batch.records.count
        }
        meter.add(work)
        return outcome.outcome
    }

    /// The path of an invocation.
    static func path(of function: FunctionName) -> String {
        "/2015-03-31/functions/\(PercentEncoding.encode(function.text))/invocations"
    }

    private func call(_ event: [UInt8]) -> AWSCall {
        AWSCall(
            operation: "Invoke",
            path: Self.path(of: self.configuration.function),
            headers: [
                ("Content-Type", "application/json"), ("X-Amz-Invocation-Type", "RequestResponse"),
                ("X-Amz-Log-Type", self.configuration.wantsLogTail ? "Tail" : "None"),
            ],
            body: event
        )
    }
}
