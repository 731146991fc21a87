// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What an item must have in common with the record that names it, or it is kept: `createdAt = NewImage.createdAt`.
///
/// On the left is an attribute of the item that is to be deleted, on the right `Keys.name`, `NewImage.name` or
/// `OldImage.name` of the record. Where a record's item has no attribute of that name and the name has dots, it is a path
/// through maps. Values are equal as DynamoDB's `=` says: the same type and the same value. With several terms all have to
/// hold.
///
/// A key for which there is no item (any more) is no reason to keep anything: its delete is accepted, as without a
/// condition.
package struct DeleteCondition: Hashable, Sendable, CustomStringConvertible {
    /// One comparison.
    struct Term: Hashable, Sendable {
        /// The attribute of the item.
        var attribute: String
        /// The record's item that has the other value.
        var source: RecordPlace
        /// The name or the path of that value.
        var name: String
    }

    /// The comparisons, at least one.
    let terms: [Term]

    /// Reads the terms of a condition.
    ///
    /// - Parameters:
    ///   - texts: The terms, at least one.
    ///   - option: The option that they come from, for messages.
    /// - Throws: ``HandlerSetupError`` that says what is accepted.
    package init(_ texts: [String], option: String) throws(HandlerSetupError) {
        precondition(!texts.isEmpty, "a condition has a term")
        var terms: [Term] = []
        for text in texts { terms.append(try Self.term(text, option: option)) }
        self.terms = terms
    }

    /// The items of a record that it names, each once.
    package var places: [RecordPlace] {
        RecordPlace.allCases.filter { place in self.terms.contains { $0.source == place } }
    }

    private static func term(_ text: String, option: String) throws(HandlerSetupError) -> Term {
        func refusal(_ problem: String) -> HandlerSetupError {
            HandlerSetupError(
                .invalidSetting,
                "The value '\(text)' is invalid for '\(option)': \(problem). 'ATTRIBUTE = NewImage.NAME' is accepted, with "
                    + "Keys or OldImage as well as NewImage."
            )
        }
        guard let equals = text.firstIndex(of: "=") else { throw refusal("there is no = in it") }
        let attribute = Self.trimmed(text[..<equals])
        let place = Self.trimmed(text[text.index(after: equals)...])
        guard !attribute.isEmpty else { throw refusal("no attribute stands before the =") }
        guard let dot = place.firstIndex(of: "."), let source = RecordPlace(rawValue: String(place[..<dot]))
        else { throw refusal("'\(place)' is no place in a record") }
        let name = String(place[place.index(after: dot)...])
        guard !name.isEmpty else { throw refusal("'\(place)' names no attribute") }
        return Term(attribute: attribute, source: source, name: name)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// Checks that the records of a stream can have what the terms name.
    ///
    /// - Throws: ``HandlerSetupError`` if the stream's view type leaves an image out.
    package func check(against viewType: StreamViewType) throws(HandlerSetupError) {
        for term in self.terms {
            try term.source.check(in: viewType, of: "'\(Self.text(term))'")
        }
    }

    /// The terms as they are given, joined by AND.
    package var description: String {
        self.terms.map(Self.text).joined(separator: " AND ")
    }

    private static func text(_ term: Term) -> String {
        "\(term.attribute) = \(term.source.rawValue).\(term.name)"
    }

    /// Puts the condition into a request.
    ///
    /// - Parameters:
    ///   - request: The request for the key of the record.
    ///   - record: The record whose values are compared.
    ///   - partitionKey: The table's partition key: an item without it is not there.
    /// - Throws: `Missing` if the record has no such value: nothing can be equal to it.
    func apply(
        to request: inout DeleteItemRequest,
        record: StreamRecord,
        partitionKey: String
    ) throws(RecordTemplate.Missing) {
        var items = RecordItems(record)
        var names = ["#key": partitionKey]
        var values: Item = [:]
        var comparisons: [String] = []
        for (number, term) in self.terms.enumerated() {
            names["#a\(number)"] = term.attribute
            values[":v\(number)"] = try items.value(of: term.name, in: term.source)
            comparisons.append("#a\(number) = :v\(number)")
        }
        request.conditionExpression =
            "attribute_not_exists(#key) OR (\(comparisons.joined(separator: " AND ")))"
        request.attributeNames = names
        request.attributeValues = values
    }
}
