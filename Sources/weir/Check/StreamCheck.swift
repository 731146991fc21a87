// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers

/// Looks at table and stream by the calls that reading needs; none of them writes.
struct StreamCheck: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        var findings: [CheckFinding] = []
        /// What the calls say of permissions.
        var permissions: [CheckFinding] = []
        /// The stream, if it could be described.
        var stream: StreamDescription?

        /// Takes in how a call went.
        mutating func tried(_ action: String, on resource: String, _ error: DynamoDBError? = nil) {
            if let finding = CheckFinding.permission(action, on: resource, error) { self.permissions.append(finding) }
        }
    }

    let tables: any DynamoDBTableAPI
    let streams: any DynamoDBStreamsAPI
    /// Options that point the AWS CLI to the same place, with a blank before each.
    let commandOptions: String

    /// Checks the stream of that ARN, or the current one of that table.
    func run(table: String?, streamARN: String?) async -> Outcome {
        var outcome = Outcome()
        var arn = streamARN.map { StreamARN($0) }
        if let table { arn = await self.currentStream(of: table, &outcome) }
        guard let arn, let stream = await self.describe(arn, &outcome) else { return outcome }
        outcome.stream = stream
        await self.read(stream, &outcome)
        return outcome
    }

    private func currentStream(of table: String, _ outcome: inout Outcome) async -> StreamARN? {
        let description: TableDescription
        do throws(DynamoDBError) {
            description = try await self.tables.describeTable(table)
        } catch {
            outcome.tried("dynamodb:DescribeTable", on: "table \(table)", error)
            outcome.findings.append(
                error.code == .resourceNotFound
                    ? .fail(
                        "table",
                        "\(table) does not exist in this account and region",
                        "Check the name, --region and --profile; 'weir streams' lists what there is."
                    ) : .fail("table", "describing \(table)", error)
            )
            return nil
        }
        outcome.tried("dynamodb:DescribeTable", on: "table \(table)")
        outcome.findings.append(Self.table(description))
        guard description.streamViewType != nil, let arn = description.latestStreamARN else {
            outcome.findings.append(
                .fail(
                    "stream",
                    description.latestStreamARN.map { "the stream of table \(table) is switched off: \($0)" }
                        ?? "table \(table) has no stream",
                    "Switch one on: aws dynamodb update-table --table-name \(table)\(self.commandOptions) "
                        + "--stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES"
                )
            )
            return nil
        }
        return arn
    }

    /// What a table's state means.
    static func table(_ table: TableDescription, check: String = "table") -> CheckFinding {
        let key = DeletePreflight.text(table.keySchema)
        let message = "\(table.tableName) is \(table.status), key \(key)"
        switch table.status {
        case "ACTIVE": return .pass(check, message)
        case "CREATING", "UPDATING": return .warn(check, message, "Wait until it is ACTIVE.")
        case "DELETING": return .fail(check, message, "It is being deleted: name another table.")
        default:
            return .fail(check, message, "It cannot be used in this state; the AWS console says what it waits for.")
        }
    }

    private func describe(_ arn: StreamARN, _ outcome: inout Outcome) async -> StreamDescription? {
        let stream: StreamDescription
        do throws(DynamoDBError) {
            stream = try await self.streams.describeStream(DescribeStreamRequest(arn: arn))
        } catch {
            outcome.tried("dynamodb:DescribeStream", on: "\(arn)", error)
            outcome.findings.append(
                error.code == .resourceNotFound
                    ? .fail(
                        "stream",
                        "\(arn) does not exist (any more)",
                        "Streams are kept for 24 hours after they were switched off; 'weir streams' lists what there is."
                    ) : .fail("stream", "describing \(arn)", error)
            )
            return nil
        }
        outcome.tried("dynamodb:DescribeStream", on: "\(arn)")
        outcome.findings.append(Self.stream(stream))
        return stream
    }

    private static func stream(_ stream: StreamDescription) -> CheckFinding {
        let message = "\(stream.arn) is \(stream.status.rawValue), view type \(stream.viewType.rawValue)"
        return switch stream.status {
        case .enabled: .pass("stream", message)
        case .enabling: .warn("stream", message, "Wait until it is ENABLED: shards come then.")
        case .disabling, .disabled:
            .warn(
                "stream",
                message,
                "Nothing new comes; what it has stays readable for 24 hours. A stream that is switched on again has another ARN."
            )
        }
    }

    /// Reads the oldest record of a shard: that it is there is not needed, that it may be read is.
    private func read(_ stream: StreamDescription, _ outcome: inout Outcome) async {
        guard let shard = stream.shards.first(where: { !$0.isClosed }) ?? stream.shards.first else {
            outcome.findings.append(.skip("records", "the stream has no shard (yet)"))
            return
        }
        var action = "dynamodb:GetShardIterator"
        do throws(DynamoDBError) {
            let iterator = try await self.streams.shardIterator(
                ShardIteratorRequest(arn: stream.arn, shard: shard.id, position: .trimHorizon)
            )
            outcome.tried(action, on: "\(stream.arn)")
            action = "dynamodb:GetRecords"
            let page = try await self.streams.records(at: iterator, limit: 1)
            outcome.tried(action, on: "\(stream.arn)")
            outcome.findings.append(
                .pass("records", page.records.isEmpty ? "readable, none at hand" : "readable")
            )
        } catch {
            outcome.tried(action, on: "\(stream.arn)", error)
            outcome.findings.append(self.finding(error, action: action))
        }
    }

    private func finding(_ error: DynamoDBError, action: String) -> CheckFinding {
        guard error.isThrottling else { return .fail("records", "\(action) of one record", error) }
        return .warn(
            "records",
            "reading one record was throttled",
            "A shard serves two readers well, and one of a global table's: see who else reads this stream."
        )
    }
}
