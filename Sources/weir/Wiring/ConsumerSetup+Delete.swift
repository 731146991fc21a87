// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBClient
import DynamoDBModel
import RecordHandlers

extension ConsumerSetup {
    /// The staging table that is deleted from: found, compared with the stream's, and written to within its bounds.
    func makeDelete(
        stream: StreamDescription,
        client: DynamoDBClient,
        process: ProgramContext
    ) async throws -> PreparedHandler {
        let condition: DeleteCondition?
        do throws(HandlerSetupError) {
            condition = try self.pipeline.handling.deleteCondition()
            try condition?.check(against: stream.viewType)
        } catch {
            throw Self.failure(error)
        }
        let preflight = try await self.preflight(stream: stream, client: client)
        let maximum = self.pipeline.handling.writes.maximumCapacity
        let output = process.output
        let handler = DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: preflight.stagingTable,
                mode: preflight.mode,
                keyNames: preflight.keySchema.attributes.map(\.name),
                condition: condition,
                concurrency: self.pipeline.handling.concurrency,
                isDryRun: self.pipeline.handling.isDryRun,
                maximumWriteCapacity: maximum,
                provisionedWriteCapacity: preflight.provisionedWriteCapacity,
                report: { plan in output.json(SessionLines.line(for: plan)) }
            ),
            api: client.reportingThrottles(),
            clock: process.clock,
            seed: process.seed
        )
        let manner = [
            preflight.mode.rawValue, condition.map { "if \($0)" }, self.pipeline.handling.isDryRun ? "dry run" : nil,
        ]
        var lines = preflight.lines
        if let condition { lines.append("only if        \(condition)") }
        if let maximum { lines.append("at most        \(maximum) write capacity units a second") }
        return PreparedHandler(
            handler: handler,
            text: "delete from \(preflight.stagingTable) (\(manner.compactMap(\.self).joined(separator: ", ")))",
            identity: "delete:\(preflight.stagingTable)",
            writes: !self.pipeline.handling.isDryRun,
            provisionedWriteCapacity: preflight.provisionedWriteCapacity,
            maximumWriteCapacity: maximum,
            question: PreparedHandler.Question(
                lines: lines,
                text: "Delete from \(preflight.stagingTable) what this stream names?",
                deed: .delete
            )
        )
    }

    private func preflight(
        stream: StreamDescription,
        client: DynamoDBClient
    ) async throws(ProgramFailure) -> DeletePreflight {
        guard let staging = self.pipeline.handling.staging else { preconditionFailure("no table to delete from") }
        do throws(DeletePreflightError) {
            return try await DeletePreflight.check(
                sourceTable: stream.tableName,
                stagingTable: staging,
                mode: self.pipeline.handling.deleteMode,
                region: client.region,
                endpoint: client.isAWS ? nil : client.tablesEndpoint,
                api: client
            )
        } catch {
            let status =
                error.code == .sameTable || error.code == .differentKeys ? ExitStatus.failure : ExitStatus.unreachable
            throw ProgramFailure(status: status, message: error.description)
        }
    }
}
