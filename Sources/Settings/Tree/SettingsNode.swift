// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A piece of a settings file, TOML or JSON, that knows where it stands.
struct SettingsNode: Hashable, Sendable {
    /// What it is.
    indirect enum Value: Hashable, Sendable {
        case null
        case boolean(Bool)
        case integer(Int)
        /// A number that is no `Int`, as text.
        case decimal(String)
        case text(String)
        case list([SettingsNode])
        case table([Member])
    }

    /// A member of a table.
    struct Member: Hashable, Sendable {
        var name: String
        var place: TextPlace
        var node: SettingsNode
    }

    var value: Value
    var place: TextPlace

    /// What it is, for people; texts shortened.
    var summary: String {
        switch self.value {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .decimal(let text): text
        case .text(let text): text.count > 60 ? "'\(text.prefix(59))…'" : "'\(text)'"
        case .list: "a list"
        case .table: "a table"
        }
    }

    /// The text; nil if this is none.
    var text: String? {
        guard case .text(let text) = self.value else { return nil }
        return text
    }

    /// The members; nil if this is no table.
    var members: [Member]? {
        guard case .table(let members) = self.value else { return nil }
        return members
    }

    /// The elements; nil if this is no list.
    var elements: [SettingsNode]? {
        guard case .list(let elements) = self.value else { return nil }
        return elements
    }

    /// Whether nothing is in it: null, or a table or list of such.
    var isEmpty: Bool {
        switch self.value {
        case .null: true
        case .list(let elements): elements.allSatisfy(\.isEmpty)
        case .table(let members): members.allSatisfy(\.node.isEmpty)
        case .boolean, .integer, .decimal, .text: false
        }
    }
}
