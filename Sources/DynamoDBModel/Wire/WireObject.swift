// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON object inside a body whose syntax has been checked already.
///
/// A member that is null counts as absent.
struct WireObject {
    let members: [(name: String, value: WireValue)]

    subscript(name: String) -> WireValue? {
        self.members.first { $0.name == name && !$0.value.isNull }?.value
    }

    /// Refuses members that are neither supported nor null.
    func allow(only names: Set<String>) throws(JSONFault) {
        for member in self.members where !names.contains(member.name) && !member.value.isNull {
            throw JSONFault(.validation, "\(member.name) is not supported by this endpoint")
        }
    }

    /// The member, which must be there.
    func required(_ name: String) throws(JSONFault) -> WireValue {
        guard let value = self[name] else {
            throw JSONFault(
                .validation,
                "1 validation error detected: Value null at '\(Self.path(name))' failed to satisfy constraint: "
                    + "Member must not be null"
            )
        }
        return value
    }

    func string(_ name: String) throws(JSONFault) -> String? {
        try self[name].map { (value) throws(JSONFault) in try value.string() }
    }

    func integer(_ name: String) throws(JSONFault) -> Int? {
        try self[name].map { (value) throws(JSONFault) in try value.integer() }
    }

    func bool(_ name: String) throws(JSONFault) -> Bool? {
        try self[name].map { (value) throws(JSONFault) in try value.bool() }
    }

    func time(_ name: String) throws(JSONFault) -> Timestamp? {
        try self[name].map { (value) throws(JSONFault) in try value.time() }
    }

    func object(_ name: String) throws(JSONFault) -> WireObject? {
        try self[name].map { (value) throws(JSONFault) in try value.object() }
    }

    func elements(_ name: String) throws(JSONFault) -> [WireValue]? {
        try self[name].map { (value) throws(JSONFault) in try value.elements() }
    }

    func item(_ name: String, isStrict: Bool) throws(JSONFault) -> Item? {
        try self[name].map { (value) throws(JSONFault) in try value.item(isStrict: isStrict) }
    }

    func objects<Result>(
        _ name: String,
        _ body: (WireObject) throws(JSONFault) -> Result
    ) throws(JSONFault) -> [Result]? {
        guard let elements = try self.elements(name) else { return nil }
        var results: [Result] = []
        for element in elements { results.append(try body(try element.object())) }
        return results
    }

    /// One of the values of an enumeration; nil if the member is absent.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Choice.Type = Choice.self
    ) throws(JSONFault) -> Choice? where Choice.RawValue == String {
        guard let text = try self.string(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw Self.notAmong(Choice.allCases.map(\.rawValue), text, name)
        }
        return choice
    }

    /// Checks that a member is absent or one of the texts.
    func check(_ name: String, among choices: [String]) throws(JSONFault) {
        guard let text = try self.string(name), !choices.contains(text) else { return }
        throw Self.notAmong(choices, text, name)
    }

    private static func notAmong(_ choices: [String], _ text: String, _ name: String) -> JSONFault {
        JSONFault(
            .validation,
            "1 validation error detected: Value '\(text)' at '\(Self.path(name))' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [\(choices.joined(separator: ", "))]"
        )
    }

    /// The service writes names of members with a small first letter in its texts.
    private static func path(_ name: String) -> String {
        name.prefix(1).lowercased() + name.dropFirst()
    }
}
