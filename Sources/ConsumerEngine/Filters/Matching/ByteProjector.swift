// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads what patterns name out of the bytes of a document, and steps over everything else.
struct ByteProjector {
    let paths: PathTree
    /// The document, one JSON value.
    let bytes: ArraySlice<UInt8>

    /// Adds the document as the value at a path.
    ///
    /// - Throws: If the bytes are not JSON as far as they are looked at.
    func project(path: Int, to parent: Int?, into document: inout ProjectedDocument) throws(JSONFault) {
        try self.scan(self.bytes, path: path, to: parent, into: &document)
    }

    private func scan(
        _ bytes: ArraySlice<UInt8>,
        path: Int,
        to parent: Int?,
        into document: inout ProjectedDocument
    ) throws(JSONFault) {
        try JSONScanner.read(bytes) { (scanner) throws(JSONFault) in
            try Walk(paths: self.paths, bytes: bytes).value(&scanner, path, parent, &document)
        }
    }

    /// One pass over bytes.
    private struct Walk {
        let paths: PathTree
        let bytes: ArraySlice<UInt8>

        func value(
            _ scanner: inout JSONScanner,
            _ path: Int,
            _ parent: Int?,
            _ document: inout ProjectedDocument
        ) throws(JSONFault) {
            switch scanner.peek().map({ Unicode.Scalar($0) }) {
            case "{":
                let node = document.append(.object, path: path, to: parent)
                if self.paths.nodes[path].dotted.isEmpty {
                    try self.members(&scanner, path, node, &document)
                } else {
                    try self.membersWithPoints(&scanner, path, node, &document)
                }
            case "[":
                let node = document.append(.array, path: path, to: parent)
                var more = try scanner.beginArray()
                while more {
                    try self.value(&scanner, path, node, &document)
                    more = try scanner.nextElement()
                }
            case "\"":
                let text = try scanner.string()
                document.append(.scalar(.string(self.text(text, &scanner))), path: path, to: parent)
            case "t":
                try scanner.literal("true")
                document.append(.scalar(.bool(true)), path: path, to: parent)
            case "f":
                try scanner.literal("false")
                document.append(.scalar(.bool(false)), path: path, to: parent)
            case "n":
                try scanner.literal("null")
                document.append(.scalar(.null), path: path, to: parent)
            default:
                let range = try scanner.number()
                document.append(.scalar(.number(self.slice(range))), path: path, to: parent)
            }
        }

        /// Looks into the members that are named, in the order of the document.
        private func members(
            _ scanner: inout JSONScanner,
            _ path: Int,
            _ node: Int,
            _ document: inout ProjectedDocument
        ) throws(JSONFault) {
            let children = self.paths.nodes[path].children
            guard !children.isEmpty else {
                _ = try scanner.skipValue()
                return
            }
            var more = try scanner.beginObject()
            while more {
                let name = try scanner.memberName()
                if let child = children.first(where: { scanner.text(name, is: $0.name) }) {
                    try self.value(&scanner, child.node, node, &document)
                } else {
                    _ = try scanner.skipValue()
                }
                more = try scanner.nextMember()
            }
        }

        /// Notes where all members lie first: whether a point is part of a name depends on what else is there.
        private func membersWithPoints(
            _ scanner: inout JSONScanner,
            _ path: Int,
            _ node: Int,
            _ document: inout ProjectedDocument
        ) throws(JSONFault) {
            let object = self.slice(try scanner.skipValue())
            let members = try Self.members(of: object)
            let projector = ByteProjector(paths: self.paths, bytes: object)
            for child in self.paths.nodes[path].children {
                guard let bytes = members.last(where: { $0.name.utf8.elementsEqual(child.name.utf8) })?.bytes else {
                    continue
                }
                try projector.scan(bytes, path: child.node, to: node, into: &document)
            }
            for child in self.paths.nodes[path].dotted {
                var found = try Self.values(at: child.parts[...], of: object)
                if found.isEmpty {
                    found = members.filter { $0.name.utf8.elementsEqual(child.name.utf8) }.map(\.bytes)
                }
                for bytes in found { try projector.scan(bytes, path: child.node, to: node, into: &document) }
            }
        }

        /// The values at a path below a value, through arrays.
        private static func values(
            at names: ArraySlice<String>,
            of bytes: ArraySlice<UInt8>
        ) throws(JSONFault) -> [ArraySlice<UInt8>] {
            guard let name = names.first else { return [bytes] }
            var found: [ArraySlice<UInt8>] = []
            switch bytes.first.map({ Unicode.Scalar($0) }) {
            case "[":
                for element in try Self.elements(of: bytes) { found += try Self.values(at: names, of: element) }
            case "{":
                for member in try Self.members(of: bytes) where member.name.utf8.elementsEqual(name.utf8) {
                    found += try Self.values(at: names.dropFirst(), of: member.bytes)
                }
            default: break
            }
            return found
        }

        private static func members(
            of object: ArraySlice<UInt8>
        ) throws(JSONFault) -> [(name: String, bytes: ArraySlice<UInt8>)] {
            try JSONScanner.read(object) { (scanner) throws(JSONFault) in
                var found: [(name: String, bytes: ArraySlice<UInt8>)] = []
                var more = try scanner.beginObject()
                while more {
                    let name = scanner.value(of: try scanner.memberName())
                    let range = try scanner.skipValue()
                    found.append(
                        (name, object[object.startIndex + range.lowerBound..<object.startIndex + range.upperBound])
                    )
                    more = try scanner.nextMember()
                }
                return found
            }
        }

        private static func elements(of array: ArraySlice<UInt8>) throws(JSONFault) -> [ArraySlice<UInt8>] {
            try JSONScanner.read(array) { (scanner) throws(JSONFault) in
                var found: [ArraySlice<UInt8>] = []
                var more = try scanner.beginArray()
                while more {
                    let range = try scanner.skipValue()
                    found.append(array[array.startIndex + range.lowerBound..<array.startIndex + range.upperBound])
                    more = try scanner.nextElement()
                }
                return found
            }
        }

        private func text(_ text: JSONScanner.Text, _ scanner: inout JSONScanner) -> ArraySlice<UInt8> {
            text.hasEscapes ? scanner.bytes(of: text)[...] : self.slice(text.start..<text.end)
        }

        private func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
            let start = self.bytes.startIndex
            return self.bytes[start + range.lowerBound..<start + range.upperBound]
        }
    }
}
