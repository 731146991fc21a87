// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import RecordHandlers

/// Looks whether what is given up can be told of: whether file, queue, topic or bucket is there.
struct DestinationCheck {
    let handling: HandlerArguments
    let connections: HandlerConnections

    /// What was found; nothing if there is no destination, or nothing is sent.
    func run() async -> PlaceCheck.Outcome {
        guard !self.handling.isDryRun, let name = self.handling.onFailure.name else { return PlaceCheck.Outcome() }
        do throws(ConnectionError) {
            switch name {
            case .file(let path): return PlaceCheck.Outcome(findings: [Self.file(path)])
            case .queue(let arn):
                return try await self.ask(.sqs, "sqs", region: arn.region) { PresenceProbe.queue(arn, connection: $0) }
            case .topic(let arn):
                return try await self.ask(.sns, "sns", region: arn.region) { PresenceProbe.topic(arn, connection: $0) }
            case .bucket(let arn):
                return try await BucketCheck(objects: self.handling.objects, connections: self.connections)
                    .run(bucket: arn.name, check: "destination")
            }
        } catch {
            return PlaceCheck.Outcome(findings: [.fail("destination", error)])
        }
    }

    private static func file(_ path: String) -> CheckFinding {
        do throws(HandlerSetupError) {
            let isThere = try FailureFile.check(path: path)
            return .pass("destination", isThere ? "file \(path) can be added to" : "file \(path) can be made")
        } catch {
            return .fail("destination", error.description, nil)
        }
    }

    private func ask(
        _ service: ServiceIdentity,
        _ name: String,
        region: String?,
        _ probe: (ServiceConnection) -> PresenceProbe
    ) async throws(ConnectionError) -> PlaceCheck.Outcome {
        let made = try self.connections.connect(
            to: service,
            region: region,
            endpointURL: self.handling.onFailure.endpoint,
            limits: PlaceCheck.limits
        )
        let option = "--on-failure-endpoint"
        var outcome = await PlaceCheck.ask(probe(made.connection), check: "destination", option: option)
        outcome.findings.insert(PlaceCheck.endpoint(name, made.connection.endpoint, option: option), at: 0)
        await made.shutdown()
        return outcome
    }
}
