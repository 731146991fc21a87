// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TOMLKit

extension SettingsNode {
    /// Reads TOML.
    ///
    /// - Throws: ``SettingsError`` with the place of the first fault.
    init(toml text: String, file: String) throws(SettingsError) {
        let toml = try TOMLText(text, file: file)
        let reader = TOMLTreeReader(outline: toml.outline)
        self = withExtendedLifetime(toml) {
            reader.node(of: toml.table, path: "", place: TextPlace(line: 1, column: 1))
        }
    }
}

/// Turns toml++'s values into nodes with places.
private struct TOMLTreeReader {
    let outline: TOMLOutline

    func node(of table: TOMLTable, path: String, place: TextPlace) -> SettingsNode {
        let members = table.keys.map { key in
            let path = TOMLOutline.path(path, key)
            // A name with escapes is not found; its table is near enough.
            let keyPlace = self.outline.keys[path] ?? place
            let value = self.node(of: table[key], path: path, place: self.outline.values[path] ?? keyPlace)
            return SettingsNode.Member(name: key, place: keyPlace, node: value)
        }
        return SettingsNode(value: .table(members.sorted { $0.place < $1.place }), place: place)
    }

    private func node(of value: (any TOMLValueConvertible)?, path: String, place: TextPlace) -> SettingsNode {
        if let table = value?.table { return self.node(of: table, path: path, place: place) }
        if let array = value?.array {
            let elements = array.enumerated().map { index, element in
                let path = TOMLOutline.path(path, index)
                return self.node(of: element, path: path, place: self.outline.values[path] ?? place)
            }
            return SettingsNode(value: .list(elements), place: place)
        }
        return SettingsNode(value: Self.plain(value), place: place)
    }

    private static func plain(_ value: (any TOMLValueConvertible)?) -> SettingsNode.Value {
        if let text = value?.string { return .text(text) }
        if let number = value?.int { return .integer(number) }
        if let flag = value?.bool { return .boolean(flag) }
        if let number = value?.double { return .decimal("\(number)") }
        return .null
    }
}
