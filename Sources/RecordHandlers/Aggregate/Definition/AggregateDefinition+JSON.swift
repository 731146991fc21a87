// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension AggregateDefinition {
    /// The version of the text below; another one is refused.
    private static let version = 1

    /// The definition as text, the same for the same definition.
    var json: String {
        var json = JSONWriter()
        json.object { json in
            json.member("version", Self.version)
            json.name("values")
            json.beginArray()
            for value in self.values { json.string(value.description) }
            json.endArray()
            json.member("group", self.group?.description)
            json.member("writeShards", self.writeShards)
            json.name("events")
            json.beginArray()
            for event in self.events { json.string(event.rawValue) }
            json.endArray()
            json.name("filters")
            json.beginArray()
            for filter in self.filters { json.string(filter) }
            json.endArray()
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Reads a definition from its text; nil if it is none of this version.
    init?(json text: String) {
        guard let json = try? JSONValue(parsing: Array(text.utf8)), json["version"]?.number == String(Self.version),
            let values = json["values"]?.array?.compactMap(\.string),
            let count = json["writeShards"]?.number.flatMap({ Int($0) }), (1...Self.writeShardLimit).contains(count),
            let events = json["events"]?.array?.compactMap({ $0.string.flatMap { ChangeKind(rawValue: $0) } }),
            let filters = json["filters"]?.array?.compactMap(\.string)
        else { return nil }
        do throws(HandlerSetupError) {
            var read: [AggregateValue] = []
            for value in values { read.append(try AggregateValue(value)) }
            var group: RecordPath?
            if let path = json["group"]?.string { group = try RecordPath(path) }
            try self.init(values: read, group: group, writeShards: count, events: Set(events), filters: filters)
        } catch {
            return nil
        }
    }

    /// What another definition says differently, for people: `the groups are by Keys.id there, by Keys.name here`.
    func differences(from other: AggregateDefinition) -> [String] {
        func text(_ definition: AggregateDefinition) -> [(String, String)] {
            [
                ("values", definition.values.map(\.description).joined(separator: ", ")),
                ("group", definition.group?.description ?? "none"),
                ("write shards", "\(definition.writeShards)"),
                ("events", definition.events.map(\.rawValue).joined(separator: ",")),
                ("filters", definition.filters.isEmpty ? "none" : definition.filters.joined(separator: " or ")),
            ]
        }
        return zip(text(other), text(self)).filter { $0.1 != $1.1 }.map { there, here in
            "\(there.0): \(there.1) there, \(here.1) here"
        }
    }
}
