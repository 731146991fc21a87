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
        do throws(SettingsError) {
            let isJSON = file.lowercased().hasSuffix(".json") || text.first { !$0.isWhitespace } == "{"
            let node = isJSON ? try SettingsNode(json: text, file: file) : try SettingsNode(toml: text, file: file)
            var reader = SettingsReader(file: file)
            reader.read(node)
            return reader.layer
        } catch {
            let source = SettingSource.file(file, error.place ?? TextPlace(line: 1, column: 1))
            return SettingsLayer(remarks: [SettingRemark(.error, [source], error.message)])
        }
    }
}
