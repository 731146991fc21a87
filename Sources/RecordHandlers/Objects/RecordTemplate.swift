// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Text with places that a record fills in: `invoices/{Keys.id}/{OldImage.file}`.
///
/// A place is `{Keys.name}`, `{NewImage.name}` or `{OldImage.name}`. Where an item has no attribute of that name and the
/// name has dots, it is a path through maps. The attribute must be a string or a number; numbers are written as DynamoDB
/// normalises them. `{{` and `}}` stand for braces. Only the items that a template names are decoded.
package struct RecordTemplate: Hashable, Sendable, CustomStringConvertible {
    /// Text as it is, or a place.
    enum Part: Hashable, Sendable {
        case text(String)
        case attribute(RecordPlace, String)
    }

    /// Why a record cannot fill it in.
    package struct Missing: Error, Hashable, Sendable, CustomStringConvertible {
        /// What the record lacks, for people; no value of it.
        package var description: String
    }

    /// The template as it was given.
    package let description: String
    let parts: [Part]

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - text: The template.
    ///   - option: The option that it comes from, for messages.
    /// - Throws: ``HandlerSetupError`` that says what is accepted.
    package init(_ text: String, option: String) throws(HandlerSetupError) {
        func refusal(_ problem: String) -> HandlerSetupError {
            HandlerSetupError(
                .invalidSetting,
                "The value '\(text)' is invalid for '\(option)': \(problem). Places are {Keys.name}, {NewImage.name} and "
                    + "{OldImage.name}; {{ and }} stand for braces."
            )
        }
        guard !text.isEmpty else { throw refusal("it is empty") }
        var parts: [Part] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                plain.append(character)
            case "}": throw refusal("a } has no { before it")
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw refusal("a { has no } behind it") }
                let place = rest[..<end]
                rest = rest[rest.index(after: end)...]
                guard let dot = place.firstIndex(of: "."), let source = RecordPlace(rawValue: String(place[..<dot]))
                else {
                    throw refusal("there is no {\(place)}")
                }
                let name = place[place.index(after: dot)...]
                guard !name.isEmpty else { throw refusal("{\(place)} names no attribute") }
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                parts.append(.attribute(source, String(name)))
            default: plain.append(character)
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        self.description = text
        self.parts = parts
    }

    /// The text that is the same for every record; nil if there is a place in it.
    package var constant: String? {
        guard self.parts.count == 1, case .text(let text) = self.parts[0] else { return nil }
        return text
    }

    /// The items of a record that it names, each once.
    package var places: [RecordPlace] {
        RecordPlace.allCases.filter { place in
            self.parts.contains { if case .attribute(place, _) = $0 { true } else { false } }
        }
    }

    /// Checks that the records of a stream can have what the places name.
    ///
    /// - Throws: ``HandlerSetupError`` if the stream's view type leaves an image out.
    package func check(against viewType: StreamViewType) throws(HandlerSetupError) {
        for part in self.parts {
            guard case .attribute(let source, _) = part else { continue }
            try source.check(in: viewType, of: "'\(self)'")
        }
    }

    /// Fills in a record.
    ///
    /// - Throws: ``Missing`` if the record has no such item or attribute, or one of another type.
    package func text(for record: StreamRecord) throws(Missing) -> String {
        var items = RecordItems(record)
        return try self.text(for: &items)
    }

    func text(for items: inout RecordItems) throws(Missing) -> String {
        var result = ""
        for part in self.parts {
            switch part {
            case .text(let text): result += text
            case .attribute(let source, let name): result += try items.text(of: name, in: source)
            }
        }
        return result
    }
}
