// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import RecordHandlers
import StreamSession

/// Looks at everything that a pipeline needs before it runs, by calls that change nothing.
struct PipelineCheck {
    let pipeline: PipelineArguments

    private var stream: StreamArguments { self.pipeline.stream }
    private var connection: ConnectionArguments { self.pipeline.connection }
    private var batches: BatchArguments { self.pipeline.batches }
    private var handling: HandlerArguments { self.pipeline.handling }

    /// Checks one thing after the other; what cannot be tried without another is left out.
    func run(_ process: ProgramContext) async throws -> CheckReport {
        let connection = await ConnectionCheck(
            options: self.connection.options,
            context: process.aws,
            now: process.clock.now
        ).findings()
        guard !connection.contains(where: { $0.status == .fail }) else { return CheckReport(findings: connection) }
        let client = try process.connect(self.connection.options)
        let findings = await self.findings(client: client, process: process)
        try await client.shutdown()
        return CheckReport(findings: connection + findings)
    }

    private func findings(client: DynamoDBClient, process: ProgramContext) async -> [CheckFinding] {
        if let arn = self.stream.streamARN, let region = StreamARN(arn).region, client.isAWS, region != client.region {
            return [
                .fail(
                    "region",
                    "the stream is in \(region), requests go to \(client.region)",
                    "Give --region \(region)."
                )
            ]
        }
        let check = StreamCheck(tables: client, streams: client, commandOptions: process.commandOptions(of: client))
        var outcome = await check.run(table: self.stream.table, streamARN: self.stream.streamARN)
        outcome.findings.append(ClockCheck.finding(client.clockOffset))
        if let stream = outcome.stream {
            outcome.findings +=
                RecordShapeCheck(
                    viewType: stream.viewType,
                    events: self.batches.events ?? self.handling.defaultEvents,
                    readings: self.readings
                ).findings
            let handler = await HandlerCheck(
                handling: self.handling,
                connection: self.connection,
                process: process,
                events: self.batches.events ?? self.handling.defaultEvents,
                filters: self.batches.filters.map(\.text)
            )
            .run(stream: stream, client: client)
            outcome.findings += handler.findings
            outcome.permissions += handler.permissions
        }
        return outcome.findings + Self.distinct(outcome.permissions)
    }

    /// What the handler reads of records.
    private var readings: [RecordShapeCheck.Reading] {
        switch self.handling.handler {
        case .observe, .command, .function: return []
        // Its own check tells which images it needs.
        case .aggregate: return []
        case .delete:
            guard let condition = try? self.handling.deleteCondition() else { return [] }
            return [
                RecordShapeCheck.Reading(
                    option: "--delete-condition",
                    places: condition.places,
                    consequence: "their items are kept"
                )
            ]
        case .deleteObjects:
            let objects = self.handling.objects
            return [("--bucket", objects.bucket), ("--key", objects.key)].compactMap { option, text in
                guard let text, let template = try? RecordTemplate(text, option: option) else { return nil }
                return RecordShapeCheck.Reading(
                    option: option,
                    places: template.places,
                    consequence: "their batches fail"
                )
            }
        }
    }

    /// The same call may be made for several reasons.
    private static func distinct(_ findings: [CheckFinding]) -> [CheckFinding] {
        var seen: Set<CheckFinding> = []
        return findings.filter { seen.insert($0).inserted }
    }
}
