// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads what patterns name out of a whole document.
struct JSONValueProjector {
    let paths: PathTree

    /// Adds a value that patterns name.
    func project(_ value: JSONValue, path: Int, to parent: Int?, into document: inout ProjectedDocument) {
        switch value {
        case .null: document.append(.scalar(.null), path: path, to: parent)
        case .bool(let flag): document.append(.scalar(.bool(flag)), path: path, to: parent)
        case .number(let text):
            document.append(.scalar(.number(Array(text.utf8)[...])), path: path, to: parent)
        case .string(let text): document.append(.scalar(FilterScalar(text)), path: path, to: parent)
        case .array(let elements):
            let node = document.append(.array, path: path, to: parent)
            for element in elements { self.project(element, path: path, to: node, into: &document) }
        case .object:
            let node = document.append(.object, path: path, to: parent)
            for child in self.paths.nodes[path].children {
                guard let member = value.member(child.name) else { continue }
                self.project(member, path: child.node, to: node, into: &document)
            }
            for child in self.paths.nodes[path].dotted {
                let nested = Self.values(at: child.parts[...], of: value)
                for value in nested { self.project(value, path: child.node, to: node, into: &document) }
                guard nested.isEmpty, let member = value.member(child.name) else { continue }
                self.project(member, path: child.node, to: node, into: &document)
            }
        }
    }

    /// The values at a path below a value, through arrays.
    private static func values(at names: ArraySlice<String>, of value: JSONValue) -> [JSONValue] {
        guard let name = names.first else { return [value] }
        if case .array(let elements) = value { return elements.flatMap { Self.values(at: names, of: $0) } }
        return value.member(name).map { Self.values(at: names.dropFirst(), of: $0) } ?? []
    }
}

extension JSONValue {
    /// The member of that name by its bytes; Swift takes different spellings of one letter for the same.
    func member(_ name: String) -> JSONValue? {
        self.members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}
