// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TOMLKit

/// A TOML text that was read: its values, and where they stand.
struct TOMLText {
    /// The values.
    let table: TOMLTable
    /// The places.
    let outline: TOMLOutline

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The file's name, for messages.
    /// - Throws: ``SettingsError`` with the place of the first fault.
    init(_ text: String, file: String) throws(SettingsError) {
        let bytes = Array(text.utf8)
        do throws(TOMLFault) {
            self.outline = try TOMLOutline(bytes)
        } catch {
            throw SettingsError(file: file, place: TextPlace(offset: error.offset, in: bytes), message: error.message)
        }
        do {
            self.table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let begin = error.source.begin
            throw SettingsError(
                file: file,
                place: TextPlace(line: begin.line, column: begin.column),
                message: error.description
            )
        } catch {
            throw SettingsError(file: file, message: "no TOML: \(error)")
        }
    }
}
