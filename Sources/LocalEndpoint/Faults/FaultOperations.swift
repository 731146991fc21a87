// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The control requests for faults: InjectFault, ListFaults and ClearFaults.
enum FaultOperations {
    /// Members of InjectFault, by the names that the text of a fault has for them.
    private static let members = [
        "Operation": "operation", "Kind": "kind", "Rate": "rate", "Count": "count", "After": "after", "Code": "code",
        "Message": "message", "Status": "status", "Latency": "latency",
    ]

    static func all(_ injector: FaultInjector) -> [EndpointOperation] {
        [
            ControlOperations.operation("InjectFault", members: Set(Self.members.keys).union(["Fault"])) {
                (input) throws(DynamoDBError) in
                let id = injector.inject(try Self.fault(input))
                return (.object([.init("FaultId", .number(String(id)))]), nil)
            },
            ControlOperations.operation("ListFaults", members: []) { (_) throws(DynamoDBError) in
                (.object([.init("Faults", .array(injector.entries.map(Self.json)))]), nil)
            },
            ControlOperations.operation("ClearFaults", members: ["FaultId"]) { (input) throws(DynamoDBError) in
                let id = try input.number("FaultId")
                let count = injector.clear(id)
                if let id, count == 0 {
                    let known = injector.entries.map { String($0.id) }.joined(separator: ", ")
                    throw DynamoDBError(
                        .validation,
                        "There is no fault \(id)" + (known.isEmpty ? ": there are none" : ": there are \(known)"),
                        status: 400
                    )
                }
                return (.object([.init("FaultsCleared", .number(String(count)))]), nil)
            },
        ]
    }

    /// A fault from its text, or from its members.
    private static func fault(_ input: ControlInput) throws(DynamoDBError) -> FaultSpecification {
        do throws(FaultSpecificationError) {
            var members: [(name: String, value: String)] = []
            for (name, value) in input.scalars {
                guard name == "Fault" else {
                    members.append((Self.members[name] ?? name, value))
                    continue
                }
                guard input.scalars.count == 1 else {
                    throw FaultSpecificationError(
                        member: "Fault",
                        value: value,
                        accepted: "give the text alone, or members without it"
                    )
                }
                return try FaultSpecification(value)
            }
            return try FaultSpecification(members: members)
        } catch {
            throw DynamoDBError(.validation, error.description, status: 400)
        }
    }

    private static func json(_ entry: FaultInjector.Entry) -> JSONValue {
        .object([
            .init("FaultId", .number(String(entry.id))),
            .init("Fault", .string(entry.fault.description)),
            .init("Requests", .number(String(entry.requests))),
            .init("Injected", .number(String(entry.injected))),
        ])
    }
}
