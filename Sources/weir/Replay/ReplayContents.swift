// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What of chosen records a handler would get, for people.
struct ReplayContents: Hashable, Sendable {
    /// Keys that are named.
    private static let namedKeys = 5
    /// Characters of a key that are shown.
    private static let keyLength = 40

    private let events: Set<ChangeKind>
    private let keyNames: [String]
    /// Records that it gets.
    private(set) var sent = 0
    private var leftOut: [ChangeKind: Int] = [:]
    private var keys: [String] = []

    /// Nothing so far.
    ///
    /// - Parameters:
    ///   - events: The kinds of changes that the handler gets; empty: all.
    ///   - keyNames: The names of the key attributes.
    init(events: Set<ChangeKind>, keyNames: [String]) {
        self.events = events
        self.keyNames = keyNames
    }

    /// Adds the records of a batch.
    mutating func add(_ records: [StreamRecord]) {
        for record in records {
            guard self.events.isEmpty || self.events.contains(record.kind) else {
                self.leftOut[record.kind, default: 0] += 1
                continue
            }
            self.sent += 1
            if self.keys.count < Self.namedKeys { self.keys.append(self.key(of: record)) }
        }
    }

    /// Lines that say it.
    ///
    /// - Parameter source: Which batches they are of.
    /// - Returns: One line for each fact.
    func lines(of source: String) -> [String] {
        var lines = ["sends again    \(RunSummary.count(self.sent, "record")) of \(source)"]
        if !self.keys.isEmpty {
            let more = self.sent - self.keys.count
            lines.append(
                "with the keys  \(self.keys.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "")
            )
        }
        if !self.leftOut.isEmpty {
            let counts = ChangeKind.allCases.compactMap { kind in self.leftOut[kind].map { "\($0) \(kind.rawValue)" } }
            lines.append("left out       \(counts.joined(separator: ", ")): not handled by this handler")
        }
        return lines
    }

    private func key(of record: StreamRecord) -> String {
        guard let item = try? record.keys.decodedUncounted() else { return "(not readable)" }
        let names = self.keyNames.isEmpty ? item.keys.sorted() : self.keyNames
        let text = names.map { item[$0].map(Self.text(of:)) ?? "-" }.joined(separator: "/")
        return text.count > Self.keyLength ? "\(text.prefix(Self.keyLength))…" : text
    }

    private static func text(of value: AttributeValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .binary(let bytes): "\(bytes.count) bytes"
        case .bool, .null, .map, .list, .stringSet, .numberSet, .binarySet: value.typeName
        }
    }
}
