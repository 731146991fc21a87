// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import RecordHandlers

extension ConsumerSetup {
    /// A failure destination and what is said of it.
    struct PreparedDestination: Sendable {
        var destination: any FailureDestination
        /// For people.
        var line: String
    }

    /// Builds the failure destination; nil: there is none, or nothing can fail as nothing is done.
    func makeDestination(
        of handler: PreparedHandler,
        identity: CheckpointIdentity,
        process: ProgramContext
    ) throws -> PreparedDestination? {
        guard let text = self.pipeline.handling.onFailure.destination, !self.pipeline.handling.isDryRun else {
            return nil
        }
        let source = FailureSource(
            functionARN: handler.functionARN ?? handler.identity,
            mapping: UUIDSource.pipeline(identity),
            ids: UUIDSource(seed: process.seed &+ 1)
        )
        // A destination must not hold the stream up for long.
        let limits = HTTPLimits(responseTimeout: .seconds(10))
        let connections = process.handlerConnections(self.pipeline.connection.options)
        let name: DestinationName
        do throws(HandlerSetupError) {
            name = try DestinationName(text)
            if case .file(let path) = name {
                let file = try FailureFile(path: path, source: source)
                return PreparedDestination(destination: file, line: "on failure     \(name.description)")
            }
        } catch {
            throw Self.failure(error)
        }
        switch name {
        case .file: preconditionFailure("a file was opened before")
        case .queue(let arn), .topic(let arn):
            let isQueue = if case .queue = name { true } else { false }
            let made = try connections.connect(
                to: isQueue ? .sqs : .sns,
                region: arn.region,
                endpointURL: self.pipeline.handling.onFailure.endpoint,
                limits: limits
            )
            self.closers.add(made.shutdown)
            return PreparedDestination(
                destination: isQueue
                    ? FailureQueue(queue: arn, source: source, connection: made.connection)
                    : FailureTopic(topic: arn, source: source, connection: made.connection),
                line: "on failure     \(name.description) (\(made.endpoint ?? "AWS"))"
            )
        case .bucket(let arn):
            let buckets = try connections.buckets(
                region: self.pipeline.handling.objects.region,
                endpointURL: self.pipeline.handling.objects.endpoint,
                limits: limits
            )
            self.closers.add { await buckets.shutdown() }
            return PreparedDestination(
                destination: FailureBucket(bucket: arn, source: source, buckets: buckets),
                line: "on failure     \(name.description) (\(buckets.region), \(buckets.endpoint ?? "AWS"))"
            )
        }
    }
}
