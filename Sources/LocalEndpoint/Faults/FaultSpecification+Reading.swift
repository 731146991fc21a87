// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension FaultSpecification {
    /// The operations that faults can meet.
    public static let operations = [
        "BatchWriteItem", "CreateTable", "DeleteItem", "DeleteTable", "DescribeStream", "DescribeTable",
        "DescribeTimeToLive", "GetItem", "GetRecords", "GetShardIterator", "ListStreams", "ListTables", "PutItem",
        "Scan", "TransactWriteItems", "UpdateItem", "UpdateTable", "UpdateTimeToLive",
    ]

    /// Reads a fault: `OPERATION:KIND`, with a value for `error=CODE` and `latency=DURATION`, and members behind commas.
    ///
    /// - Parameter text: For example `GetRecords:latency=200ms,rate=0.5`; `message` has to be the last member.
    /// - Throws: What is wrong, and what is accepted.
    public init(_ text: String) throws(FaultSpecificationError) {
        guard let colon = text.firstIndex(of: ":") else {
            throw FaultSpecificationError(
                member: "fault",
                value: text,
                accepted: "write OPERATION:KIND, as GetRecords:latency=200ms or *:drop,rate=0.01"
            )
        }
        var members: [(name: String, value: String)] = [("operation", String(text[..<colon]))]
        var rest: Substring? = text[text.index(after: colon)...]
        var isFirst = true
        while let text = rest {
            // A message may hold commas.
            let comma = text.hasPrefix("message=") ? nil : text.firstIndex(of: ",")
            let part = text[..<(comma ?? text.endIndex)]
            rest = comma.map { text[text.index(after: $0)...] }
            let name = String(part.prefix { $0 != "=" })
            let value = part.contains("=") ? String(part.dropFirst(name.count + 1)) : nil
            if isFirst {
                members.append(("kind", name))
                if let value { members.append((name == FaultKind.error.rawValue ? "code" : name, value)) }
                isFirst = false
            } else {
                members.append((name, value ?? ""))
            }
        }
        try self.init(members: members)
    }

    /// Reads a fault from its members, whose names are those of the properties.
    init(members: [(name: String, value: String)]) throws(FaultSpecificationError) {
        var values: [String: String] = [:]
        for (name, value) in members {
            guard Self.memberNames.contains(name) else {
                throw FaultSpecificationError(
                    member: "member",
                    value: name,
                    accepted: "there are \(Self.memberNames.dropFirst(2).joined(separator: ", "))"
                )
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw FaultSpecificationError(member: name, value: value, accepted: "it is given twice; leave one out")
            }
        }
        let operation = values["operation"] ?? ""
        guard operation == Self.anyOperation || Self.operations.contains(operation) else {
            throw FaultSpecificationError(
                member: "operation",
                value: operation,
                accepted: "there are * for all, \(Self.operations.joined(separator: ", "))"
            )
        }
        guard let kind = FaultKind(rawValue: values["kind"] ?? "") else {
            throw FaultSpecificationError(
                member: "kind",
                value: values["kind"] ?? "",
                accepted: "there are \(FaultKind.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        if let only = kind.onlyOperation, only != operation {
            throw FaultSpecificationError(
                member: "operation",
                value: operation,
                accepted: "\(kind.rawValue) is for \(only) alone"
            )
        }
        self.init(operation, kind)
        try self.readOccasion(values)
        try self.readError(values)
        if let text = values["latency"] {
            guard let latency = FaultDuration.read(text) else {
                throw FaultSpecificationError(
                    member: "latency",
                    value: text,
                    accepted: "write \(FaultDuration.forms)"
                )
            }
            self.latency = latency
        } else if kind == .latency {
            throw FaultSpecificationError(
                member: "latency",
                value: "",
                accepted: "say how long, as \(operation):latency=200ms"
            )
        }
    }

    static let memberNames = [
        "operation", "kind", "rate", "count", "after", "code", "message", "status", "latency",
    ]

    /// Reads how often.
    private mutating func readOccasion(_ values: [String: String]) throws(FaultSpecificationError) {
        if let text = values["rate"] {
            guard let rate = Double(text), (0...1).contains(rate) else {
                throw FaultSpecificationError(member: "rate", value: text, accepted: "give a number from 0 to 1")
            }
            self.rate = rate
        }
        if let text = values["count"] {
            guard let count = Int(text), count >= 1 else {
                throw FaultSpecificationError(member: "count", value: text, accepted: "give a whole number from 1")
            }
            self.count = count
        }
        if let text = values["after"] {
            guard let after = Int(text), after >= 0 else {
                throw FaultSpecificationError(member: "after", value: text, accepted: "give a whole number from 0")
            }
            self.after = after
        }
    }

    /// Reads what only errors have.
    private mutating func readError(_ values: [String: String]) throws(FaultSpecificationError) {
        for name in ["code", "message", "status"] where self.kind != .error {
            guard let value = values[name] else { continue }
            throw FaultSpecificationError(
                member: name,
                value: value,
                accepted: "only faults of the kind error have one, not \(self.kind.rawValue)"
            )
        }
        if let code = values["code"] {
            let isName = code.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
            guard isName, (1...100).contains(code.utf8.count) else {
                throw FaultSpecificationError(
                    member: "code",
                    value: code,
                    accepted: "give a name of the service, as ThrottlingException"
                )
            }
            self.code = DynamoDBError.Code(code)
        } else if self.kind == .error {
            throw FaultSpecificationError(
                member: "code",
                value: "",
                accepted: "say which error, as \(self.operation):error=ThrottlingException"
            )
        }
        if let text = values["status"] {
            guard let status = Int(text), (400...599).contains(status) else {
                throw FaultSpecificationError(member: "status", value: text, accepted: "give 400 to 599")
            }
            self.status = status
        }
        self.message = values["message"]
    }
}
