// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Says what is at a path of a document.
enum ActualValue {
    /// How long the text of one value may be.
    private static let maximumLength = 80
    private static let maximumCount = 3

    /// What is there, or how far one gets.
    static func text(at path: [String], of event: JSONValue) -> String {
        let found = Self.values(at: path[...], of: event)
        if !found.isEmpty { return Self.text(of: found.flatMap(Self.elements)) }
        for count in path.indices.reversed() {
            let parents = Self.values(at: path[..<count], of: event).flatMap(Self.elements)
            guard let parent = parents.first else { continue }
            let place = count == 0 ? "the event" : path[count - 1]
            guard let members = parent.members else { return "absent: \(place) is \(Self.text(parent))" }
            let names = members.map(\.name)
            let others =
                names.isEmpty ? "nothing" : names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
            return count == path.count - 1 || names.count <= 8
                ? "absent: \(place) has \(others)" : "absent: \(place) has no \(path[count])"
        }
        return "absent"
    }

    /// A value as JSON, cut if it is long; an object by its names.
    static func text(_ value: JSONValue) -> String {
        if let members = value.members {
            return "an object"
                + (members.isEmpty ? "" : " with \(members.prefix(8).map(\.name).joined(separator: ", "))")
        }
        var writer = JSONWriter()
        writer.value(value)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        return text.count > Self.maximumLength ? text.prefix(Self.maximumLength) + "…" : text
    }

    /// Whether there is an array on the way to the last name.
    static func goesThroughList(_ path: [String], of event: JSONValue) -> Bool {
        path.indices.contains { count in
            Self.values(at: path[..<count], of: event).contains { $0.array != nil }
        }
    }

    private static func text(of values: [JSONValue]) -> String {
        guard !values.isEmpty else { return "an empty list, which counts as absent" }
        let shown = values.prefix(Self.maximumCount).map { Self.text($0) }.joined(separator: ", ")
        let more = values.count - Self.maximumCount
        return more > 0 ? "\(shown) and \(more) more" : shown
    }

    /// The values at a path, through arrays.
    private static func values(at path: ArraySlice<String>, of value: JSONValue) -> [JSONValue] {
        guard let name = path.first else { return [value] }
        if case .array(let elements) = value { return elements.flatMap { Self.values(at: path, of: $0) } }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 1 {
            let nested = Self.values(at: parts[...], of: value)
            if !nested.isEmpty { return nested.flatMap { Self.values(at: path.dropFirst(), of: $0) } }
        }
        return value.member(name).map { Self.values(at: path.dropFirst(), of: $0) } ?? []
    }

    private static func elements(_ value: JSONValue) -> [JSONValue] {
        value.array.map { $0.flatMap(Self.elements) } ?? [value]
    }
}
