// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import RecordHandlers

extension ConsumerSetup {
    /// The handler that adds up, after its checks.
    func makeAggregate(
        stream: StreamDescription,
        client: DynamoDBClient,
        process: ProgramContext
    ) async throws -> PreparedHandler {
        let factor = self.pipeline.batches.invocations.parallelizationFactor
        guard factor == 1 else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message:
                    "--parallelization-factor \(factor) does not go together with --handler aggregate: what is counted of a "
                    + "shard is told by the last record, so its records have to come in order. Use --concurrency \(factor) "
                    + "to write several groups of a batch at once."
            )
        }
        let preflight = try await self.aggregatePreflight(stream: stream, client: client)
        if !self.pipeline.batches.filters.isEmpty {
            process.errors.line(
                "weir: warning: --filter leaves out changes, not items: a change that does not match is neither added nor "
                    + "subtracted"
            )
        }
        let isDryRun = self.pipeline.handling.isDryRun
        let maximum = self.pipeline.handling.writes.maximumCapacity
        let output = process.output
        let handler = AggregateHandler(
            configuration: AggregateHandlerConfiguration(
                table: preflight.table,
                keyName: preflight.keyName,
                stream: stream.arn,
                definition: preflight.definition,
                concurrency: self.pipeline.handling.concurrency,
                isDryRun: isDryRun,
                maximumWriteCapacity: maximum,
                provisionedWriteCapacity: preflight.provisionedWriteCapacity,
                report: { plan in output.json(SessionLines.line(for: plan)) }
            ),
            tables: client.reportingThrottles(),
            streams: client,
            clock: process.clock,
            seed: process.seed
        )
        return PreparedHandler(
            handler: handler,
            text: "aggregate \(preflight.definition.summary) into \(preflight.table)\(isDryRun ? " (dry run)" : "")",
            identity: "aggregate:\(preflight.table)",
            writes: !isDryRun,
            provisionedWriteCapacity: preflight.provisionedWriteCapacity,
            maximumWriteCapacity: maximum,
            question: PreparedHandler.Question(
                lines: preflight.lines
                    + (maximum.map { ["at most        \($0) write capacity units a second"] } ?? []),
                text: "Add the changes of this stream to \(preflight.table)?",
                deed: .write
            ),
            ofAnotherStream: { handler.counting(as: $0) }
        )
    }

    private func aggregatePreflight(
        stream: StreamDescription,
        client: DynamoDBClient
    ) async throws -> AggregatePreflight {
        let arguments = self.pipeline.handling.aggregate
        let definition: AggregateDefinition
        do throws(HandlerSetupError) {
            definition = try AggregateDefinition(
                values: arguments.values,
                group: arguments.group,
                writeShards: arguments.writeShards ?? 1,
                events: self.events,
                filters: self.pipeline.batches.filters.map(\.text)
            )
            try definition.check(against: stream.viewType, of: stream.tableName)
        } catch {
            throw Self.failure(error)
        }
        do throws(AggregatePreflightError) {
            return try await AggregatePreflight.check(
                sourceTable: stream.tableName,
                table: arguments.table ?? "",
                definition: definition,
                region: client.region,
                endpoint: client.isAWS ? nil : client.tablesEndpoint,
                api: client
            )
        } catch {
            throw Self.failure(error)
        }
    }

    /// What keeps an aggregate from being written or read ends the program before anything begins.
    static func failure(_ error: AggregatePreflightError) -> ProgramFailure {
        switch error.code {
        case .missingTable, .notReachable:
            ProgramFailure(status: ExitStatus.unreachable, message: error.description)
        case .sameTable, .unfitKey, .unfitName, .otherDefinition:
            ProgramFailure(status: ExitStatus.failure, message: error.description)
        }
    }
}
