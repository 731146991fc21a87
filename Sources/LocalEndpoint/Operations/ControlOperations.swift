// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB

/// Requests to the endpoint itself, which the service does not have: `WeirLocal_20260101.<Operation>`.
enum ControlOperations {
    static let prefix = "WeirLocal_20260101"

    static func all(store: LocalStore, log: RequestLog, faults: FaultInjector) -> [EndpointOperation] {
        [
            Self.operation("RollOverShard", members: ["TableName", "ShardId"]) { (input) throws(DynamoDBError) in
                let shards = try store.rollOver(table: try input.table(), shard: try input.shard())
                return (Self.shards(shards), try input.table())
            },
            Self.operation("SplitShard", members: ["TableName", "ShardId"]) { (input) throws(DynamoDBError) in
                let shards = try store.split(table: try input.table(), shard: try input.shard())
                return (Self.shards(shards), try input.table())
            },
            Self.operation("TrimStream", members: ["TableName", "CreatedUpTo"]) { (input) throws(DynamoDBError) in
                let count = try store.trim(table: try input.table(), createdUpTo: try input.time("CreatedUpTo"))
                return (.object([.init("RecordsRemoved", .number(String(count)))]), try input.table())
            },
            Self.operation("ExpireIterators", members: []) { (_) throws(DynamoDBError) in
                store.expireIterators()
                return (.object([]), nil)
            },
            Self.operation("ExpireItems", members: ["TableName"]) { (input) throws(DynamoDBError) in
                let table = try input.text("TableName")
                let count = try store.expireItems(table: table)
                return (.object([.init("ItemsExpired", .number(String(count)))]), table)
            },
            Self.operation("RequestLog", members: []) { (_) throws(DynamoDBError) in (Self.report(log), nil) },
        ] + FaultOperations.all(faults)
    }

    static func operation(
        _ name: String,
        members: Set<String>,
        _ perform: @escaping @Sendable (ControlInput) throws(DynamoDBError) -> (JSONValue, String?)
    ) -> EndpointOperation {
        EndpointOperation(target: "\(Self.prefix).\(name)", name: name, isDroppable: false) {
            (body, _) async throws(DynamoDBError) in
            let (answer, table) = try perform(try ControlInput(body, members: members))
            var writer = JSONWriter()
            writer.value(answer)
            return EndpointOperation.Outcome(body: writer.bytes, table: table.map { EndpointOperation.tableName($0) })
        }
    }

    private static func shards(_ shards: [ShardID]) -> JSONValue {
        .object([.init("ShardIds", .array(shards.map { .string($0.text) }))])
    }

    private static func report(_ log: RequestLog) -> JSONValue {
        let entries = log.entries.map { entry -> JSONValue in
            var members: [JSONValue.Member] = [.init("Operation", .string(entry.operation))]
            if let table = entry.table { members.append(.init("TableName", .string(table))) }
            members.append(.init("Requests", .number(String(entry.requests))))
            members.append(.init("ItemsWritten", .number(String(entry.itemsWritten))))
            members.append(.init("ItemsDeleted", .number(String(entry.itemsDeleted))))
            members.append(.init("WriteCapacityUnits", .number(entry.writeCapacityUnits.description)))
            return .object(members)
        }
        let faults = log.injected.map { fault -> JSONValue in
            .object([
                .init("Operation", .string(fault.operation)), .init("Kind", .string(fault.kind.rawValue)),
                .init("Injected", .number(String(fault.count))),
            ])
        }
        return .object([
            .init("StartedAt", .number(String(Double(log.startedAt.milliseconds) / 1000))),
            .init("Requests", .array(entries)),
            .init("Refused", .number(String(log.refused()))),
            .init("Faults", .array(faults)),
        ])
    }
}

/// The members of a control request.
struct ControlInput {
    private let body: JSONValue

    init(_ bytes: [UInt8], members: Set<String>) throws(DynamoDBError) {
        do {
            self.body = try JSONValue(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes)
        } catch {
            throw DynamoDBError(.serialization, "The body is not JSON", status: 400)
        }
        guard let names = self.body.members?.map(\.name) else {
            throw DynamoDBError(.serialization, "The body is not a JSON object", status: 400)
        }
        for name in names where !members.contains(name) {
            throw DynamoDBError(.validation, "The member \(name) is not known here", status: 400)
        }
    }

    func table() throws(DynamoDBError) -> String {
        guard let name = try self.text("TableName") else {
            throw DynamoDBError(.validation, "The member TableName is missing", status: 400)
        }
        return name
    }

    /// All members that are a text, a number or a truth value, as text.
    var scalars: [(name: String, value: String)] {
        (self.body.members ?? []).compactMap { member in
            if member.value == .null { return nil }
            return (member.name, member.value.string ?? member.value.number ?? "\(member.value)")
        }
    }

    /// A whole number.
    func number(_ name: String) throws(DynamoDBError) -> Int? {
        guard let value = self.body[name], value != .null else { return nil }
        guard let number = value.number.flatMap({ Int($0) }) else {
            throw DynamoDBError(.serialization, "The member \(name) is not a whole number", status: 400)
        }
        return number
    }

    func shard() throws(DynamoDBError) -> ShardID? {
        try self.text("ShardId").map { ShardID($0) }
    }

    /// Epoch seconds, a fraction allowed.
    func time(_ name: String) throws(DynamoDBError) -> Timestamp? {
        guard let value = self.body[name], value != .null else { return nil }
        guard let seconds = value.number.flatMap({ Double($0) }), abs(seconds) < 1e12 else {
            throw DynamoDBError(.serialization, "The member \(name) is not a number of epoch seconds", status: 400)
        }
        return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
    }

    func text(_ name: String) throws(DynamoDBError) -> String? {
        guard let value = self.body[name], value != .null else { return nil }
        guard let text = value.string else {
            throw DynamoDBError(.serialization, "The member \(name) is not a text", status: 400)
        }
        return text
    }
}
