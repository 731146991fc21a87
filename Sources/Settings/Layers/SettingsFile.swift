// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A settings file: TOML, or JSON in the shape that `aws lambda get-event-source-mapping` prints.
///
/// Both take the settings' own names and those of an event source mapping's parameters.
package enum SettingsFile {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - text: Its text; JSON if it begins with a brace, or if its name ends with `.json`.
    ///   - file: Its name, for messages.
    /// - Returns: Its settings, and what is wrong with it.
    package static func read(_ text: String, file: String) -> SettingsLayer {
        let isJSON = file.lowercased().hasSuffix(".json") || text.first { !$0.isWhitespace } == "{"
        var layer = SettingsLayer()
        var remains = TOMLRemains(text)
        while true {
            do throws(SettingsError) {
                let node =
                    isJSON ? try SettingsNode(json: text, file: file) : try SettingsNode(toml: remains.text, file: file)
                var reader = SettingsReader(file: file, layer: layer)
                reader.read(node)
                return reader.layer
            } catch {
                let place = error.place ?? TextPlace(line: 1, column: 1)
                // One line that is cut open must not hide what is wrong with the others.
                let name = isJSON ? nil : remains.takeOut(line: place.line)
                // What is no setting may be the rest of the one before.
                guard name != nil || layer.remarks.isEmpty else { return layer }
                layer.say(.error, .file(file, place), error.message)
                guard let name, layer.remarks.count < Self.maximumFaults else { return layer }
                if let setting = PipelineSetting.named(name) ?? .parameter(name) { layer.unread.insert(setting.key) }
            }
        }
    }

    /// How many lines that are no TOML are told of a file: with more of them, it is something else.
    private static let maximumFaults = 20
}
