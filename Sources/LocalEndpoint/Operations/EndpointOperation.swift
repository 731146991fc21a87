// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB

/// One operation as the endpoint serves it.
struct EndpointOperation: Sendable {
    /// What it did.
    struct Outcome {
        /// The answer's JSON, or a refusal that was no fault of the request: a condition did not hold.
        var body: Result<[UInt8], DynamoDBError>
        /// The table it was about.
        var table: String?
        /// What it wrote, or used.
        var reports: [WriteReport] = []

        /// Makes the outcome of a success.
        init(body: [UInt8], table: String?) {
            self.body = .success(body)
            self.table = table
        }

        /// Makes the outcome of a write.
        init(body: Result<[UInt8], DynamoDBError>, reports: [WriteReport]) {
            self.body = body
            self.reports = reports
        }
    }

    /// The header X-Amz-Target, `DynamoDB_20120810.PutItem`.
    let target: String
    /// The operation's name, `PutItem`.
    let name: String
    /// Whether it is a request to the endpoint itself, which no fault meets.
    var isControl: Bool { self.target.hasPrefix(ControlOperations.prefix) }
    /// Whether it may be answered without being done.
    let isDroppable: Bool
    /// Reads the request, does it, or only answers as if, and writes the answer.
    let run: @Sendable (_ body: [UInt8], _ isRehearsal: Bool) async throws(DynamoDBError) -> Outcome
}

extension EndpointOperation {
    /// A read, or a change of tables.
    static func plain<Input, Output>(
        _ wire: WireOperation<Input, Output>,
        table: @escaping @Sendable (Input) -> String?,
        _ perform: @escaping @Sendable (Input) async throws(DynamoDBError) -> Output
    ) -> EndpointOperation {
        EndpointOperation(target: wire.target, name: wire.name, isDroppable: false) {
            (body, _) async throws(DynamoDBError) in
            let input = try wire.decodeInput(body)
            let output = try await perform(input)
            return Outcome(body: wire.encodeOutput(output), table: table(input).map { tableName($0) })
        }
    }

    /// A write of items, which the store reports.
    static func write<Input, Output>(
        _ wire: WireOperation<Input, Output>,
        _ perform: @escaping @Sendable (Input, Bool) throws(DynamoDBError) -> Reported<Output>
    ) -> EndpointOperation {
        EndpointOperation(target: wire.target, name: wire.name, isDroppable: true) {
            (body, isRehearsal) async throws(DynamoDBError) in
            let reported = try perform(try wire.decodeInput(body), isRehearsal)
            return Outcome(body: reported.outcome.map { wire.encodeOutput($0) }, reports: reported.reports)
        }
    }

    /// The name in a name or ARN of a table.
    static func tableName(_ nameOrARN: String) -> String {
        guard nameOrARN.hasPrefix("arn:"), let separator = nameOrARN.lastIndex(of: "/") else { return nameOrARN }
        return String(nameOrARN[nameOrARN.index(after: separator)...])
    }
}
