// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// One of AWS's two configuration files: sections of settings, some of which hold settings themselves.
///
/// ```
/// [profile production]
/// region = eu-west-1
/// services = test
///
/// [services test]
/// dynamodb =
///   endpoint_url = http://127.0.0.1:8000
/// ```
/// Read as botocore reads it: whole-line comments with `#` or `;`, `=` or `:` between name and value, names in any
/// case, a section that occurs twice counts once with both contents.
struct ProfileFile: Hashable, Sendable {
    /// The settings of a section.
    struct Section: Hashable, Sendable {
        /// Values by lower-case name.
        var values: [String: String] = [:]
        /// Indented settings by the lower-case name above them.
        var blocks: [String: [String: String]] = [:]
    }

    /// A line that cannot be understood.
    struct Malformed: Error, Hashable {
        /// The number of the line, from 1.
        var line: Int
        /// What is wrong with it; shows nothing of the line.
        var problem: String
    }

    /// The sections by their heading's words: `profile x`, `default`, `services y`.
    private(set) var sections: [String: Section] = [:]

    /// A file without any section.
    init() {}

    /// Reads a file.
    init(parsing text: String) throws(Malformed) {
        var heading: String?
        var name: String?
        for (index, rawLine) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let isIndented = rawLine.first == " " || rawLine.first == "\t"
            let line = Self.trimmed(rawLine)
            if line.isEmpty || line.first == "#" || line.first == ";" { continue }
            if line.first == "[", !isIndented {
                guard let end = line.lastIndex(of: "]") else {
                    throw Malformed(line: index + 1, problem: "a section must end with ']'")
                }
                let title = Self.normalised(heading: line[line.index(after: line.startIndex)..<end])
                if self.sections[title] == nil { self.sections[title] = Section() }
                heading = title
                name = nil
                continue
            }
            guard let heading else { throw Malformed(line: index + 1, problem: "a setting stands before any section") }
            if isIndented, let name {
                self.continueSetting(line, of: name, in: heading)
                continue
            }
            guard let setting = Self.setting(line) else {
                throw Malformed(line: index + 1, problem: "expected 'name = value'")
            }
            self.sections[heading, default: Section()].values[setting.name] = setting.value
            name = setting.name
        }
    }

    private mutating func continueSetting(_ line: Substring, of name: String, in heading: String) {
        let value = self.sections[heading]?.values[name] ?? ""
        if value.isEmpty, let setting = Self.setting(line) {
            self.sections[heading]?.blocks[name, default: [:]][setting.name] = setting.value
        } else {
            self.sections[heading]?.values[name] = value.isEmpty ? String(line) : "\(value)\n\(line)"
        }
    }

    private static func setting(_ line: Substring) -> (name: String, value: String)? {
        guard let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
        let name = self.trimmed(line[..<separator]).lowercased()
        guard !name.isEmpty else { return nil }
        return (name, String(self.trimmed(line[line.index(after: separator)...])))
    }

    /// One space between the words, quotation marks around a name gone: `profile "a b"` is `profile a b`.
    private static func normalised(heading: Substring) -> String {
        let heading = self.trimmed(heading)
        guard let kindEnd = heading.firstIndex(where: { $0 == " " || $0 == "\t" }) else { return String(heading) }
        var name = self.trimmed(heading[kindEnd...])
        if name.count >= 2, let quote = name.first, quote == "\"" || quote == "'", name.last == quote {
            name = name.dropFirst().dropLast()
        }
        return "\(heading[..<kindEnd]) \(name)"
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
