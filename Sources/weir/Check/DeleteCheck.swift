// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers

/// Looks at the table that is deleted from, and compares it with the stream's.
struct DeleteCheck: Sendable {
    let staging: String
    let mode: DeleteMode
    let maximumWriteCapacity: Int?
    let region: String
    let endpoint: String?
    let api: any DynamoDBTableAPI

    /// What was found, and what the calls say of permissions.
    func run(source: String) async -> StreamCheck.Outcome {
        var outcome = StreamCheck.Outcome()
        let table: TableDescription
        do throws(DynamoDBError) {
            table = try await self.api.describeTable(self.staging)
        } catch {
            outcome.tried("dynamodb:DescribeTable", on: "table \(self.staging)", error)
            outcome.findings.append(
                error.code == .resourceNotFound
                    ? .fail(
                        "staging",
                        "\(self.staging) does not exist in this account and region",
                        "Check the name that --staging gives, --region and --profile."
                    ) : .fail("staging", "describing \(self.staging)", error)
            )
            return outcome
        }
        outcome.tried("dynamodb:DescribeTable", on: "table \(self.staging)")
        outcome.findings += [StreamCheck.table(table, check: "staging"), self.capacity(table)]
        do throws(DeletePreflightError) {
            let preflight = try await DeletePreflight.check(
                sourceTable: source,
                stagingTable: self.staging,
                mode: self.mode,
                region: self.region,
                endpoint: self.endpoint,
                api: self.api
            )
            let key = DeletePreflight.text(preflight.keySchema)
            outcome.findings.append(.pass("keys", "\(key), the same in \(source) and \(preflight.stagingTable)"))
        } catch {
            outcome.findings.append(.fail("keys", error.description, nil))
        }
        return outcome
    }

    private func capacity(_ table: TableDescription) -> CheckFinding {
        guard table.billingMode == .provisioned else {
            return .pass("capacity", "\(table.tableName) is on demand\(self.bound)")
        }
        let units = table.provisionedThroughput.writeCapacityUnits
        let message = "\(table.tableName) has \(units) write capacity units a second\(self.bound)"
        guard let maximumWriteCapacity, maximumWriteCapacity > units else { return .pass("capacity", message) }
        return .warn(
            "capacity",
            message,
            "The bound is above what the table has, so only throttling slows deletes down: lower --maximum-write-capacity."
        )
    }

    private var bound: String {
        self.maximumWriteCapacity.map { ", deletes use at most \($0)" } ?? ""
    }
}
