// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Finds the stream that the user means.
struct StreamLocator: Sendable {
    private let streams: any DynamoDBStreamsAPI
    private let tables: any DynamoDBTableAPI
    private let commandOptions: String

    /// Creates a locator.
    ///
    /// - Parameters:
    ///   - streams: Where streams are.
    ///   - tables: Where tables are.
    ///   - commandOptions: Options that point the AWS CLI to the same place, with a blank before each.
    init(
        streams: any DynamoDBStreamsAPI,
        tables: any DynamoDBTableAPI,
        commandOptions: String = ""
    ) {
        self.streams = streams
        self.tables = tables
        self.commandOptions = commandOptions
    }

    /// The stream of that ARN, or the current one of that table, with the first page of its shards.
    ///
    /// - Throws: ``ProgramFailure`` that says what to do.
    func locate(table: String?, streamARN: String?) async throws(ProgramFailure) -> LocatedStream {
        if let streamARN { return LocatedStream(stream: try await self.describe(StreamARN(streamARN))) }
        guard let table else { preconditionFailure("neither a table nor a stream") }
        let (arn, replicaRegions) = try await self.currentStream(of: table)
        return LocatedStream(stream: try await self.describe(arn), replicaRegions: replicaRegions)
    }

    private func currentStream(of table: String) async throws(ProgramFailure) -> (StreamARN, replicas: [String]) {
        let description: TableDescription
        do throws(DynamoDBError) {
            description = try await self.tables.describeTable(table)
        } catch {
            guard error.code == .resourceNotFound else { throw Self.unreachable("describe table \(table)", error) }
            throw ProgramFailure(
                status: ExitStatus.unreachable,
                message:
                    "table \(table) does not exist in this account and region. Check the name, --region and --profile; "
                    + "'weir streams' lists what there is."
            )
        }
        guard description.streamViewType != nil, let arn = description.latestStreamARN else {
            throw self.missingStream(of: table, formerStream: description.latestStreamARN)
        }
        return (arn, description.replicaRegions)
    }

    /// A table without a stream; one that was switched off not long ago still has its records.
    private func missingStream(of table: String, formerStream: StreamARN?) -> ProgramFailure {
        let remedy = [
            "  aws dynamodb update-table --table-name \(table)\(self.commandOptions) "
                + "--stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES"
        ]
        guard let formerStream else {
            return ProgramFailure(
                status: ExitStatus.unreachable,
                message: "table \(table) has no stream. Switch one on with:",
                details: remedy
            )
        }
        return ProgramFailure(
            status: ExitStatus.unreachable,
            message:
                "the stream of table \(table) is switched off. What it holds can be read for 24 hours from then on, with:",
            details: [
                "  --stream-arn \(formerStream) --starting-position TRIM_HORIZON",
                "A new stream is switched on with:",
            ] + remedy
        )
    }

    private func describe(_ arn: StreamARN) async throws(ProgramFailure) -> StreamDescription {
        do throws(DynamoDBError) {
            return try await self.streams.describeStream(DescribeStreamRequest(arn: arn))
        } catch {
            guard error.code == .resourceNotFound else { throw Self.unreachable("describe stream \(arn)", error) }
            throw ProgramFailure(
                status: ExitStatus.unreachable,
                message:
                    "stream \(arn) does not exist (any more): streams are kept for 24 hours after they were switched off. "
                    + "'weir streams' lists what there is."
            )
        }
    }

    /// The failure of a call that the program cannot go on without.
    static func unreachable(_ what: String, _ error: DynamoDBError) -> ProgramFailure {
        ProgramFailure(status: ExitStatus.unreachable, message: "cannot \(what): \(error)")
    }
}
