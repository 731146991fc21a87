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
    func locate(table: String?, streamARN: String?) async throws(ProgramFailure) -> StreamDescription {
        if let streamARN { return try await self.describe(StreamARN(streamARN)) }
        guard let table else { preconditionFailure("neither a table nor a stream") }
        return try await self.describe(try await self.currentStream(of: table))
    }

    private func currentStream(of table: String) async throws(ProgramFailure) -> StreamARN {
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
            throw ProgramFailure(
                status: ExitStatus.unreachable,
                message: "table \(table) has no stream. Switch one on with:",
                details: [
                    "  aws dynamodb update-table --table-name \(table)\(self.commandOptions) "
                        + "--stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES"
                ]
            )
        }
        return arn
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
