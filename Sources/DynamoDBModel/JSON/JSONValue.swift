// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON document as a tree, for what is not on a hot path and for people to look at.
///
/// Numbers stay the text they were, objects keep the order of their members.
package indirect enum JSONValue: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number as it was written.
    case number(String)
    /// Text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order.
    case object([Member])

    /// A member of an object.
    package struct Member: Hashable, Sendable {
        /// Its name.
        package var name: String
        /// Its value.
        package var value: JSONValue

        /// Creates a member.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// Parses a document, which must be UTF-8, without duplicate names, and hold nothing but one value.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - maximumDepth: How deep arrays and objects may be nested.
    ///   - maximumBytes: How long it may be.
    /// - Throws: A fault of kind `syntax`.
    package init(
        parsing bytes: some Sequence<UInt8>,
        maximumDepth: Int = JSONLimits.maximumDepth,
        maximumBytes: Int = JSONLimits.maximumBytes
    ) throws(JSONFault) {
        let bytes = Array(bytes)
        guard bytes.count <= maximumBytes else { throw JSONFault(.syntax, "longer than \(maximumBytes) bytes") }
        var parser = JSONValueParser(bytes: bytes, maximumDepth: maximumDepth)
        self = try parser.parse()
    }

    /// The member of that name; nil if this is no object or has none.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The element at that index; nil if this is no array or is shorter.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text; nil if this is none.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The text of the number; nil if this is none.
    package var number: String? {
        guard case .number(let text) = self else { return nil }
        return text
    }

    /// The elements; nil if this is no array.
    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members; nil if this is no object.
    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
