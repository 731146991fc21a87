// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a parser of options says, taken apart.
struct ParserComplaint: Hashable, Sendable {
    /// The settings that it is about.
    private(set) var keys: [String] = []
    /// The value that is wrong, if it is about one.
    private(set) var value: String?
    /// The message on one line, in the words of a file.
    private(set) var text: String

    /// Takes a message apart: `The value 'x' is invalid for '--name <n>': what is accepted`, or any text that names options.
    ///
    /// - Parameters:
    ///   - message: What the parser says.
    ///   - names: How settings were called where they were written, by their keys; the others are called by their keys.
    init(_ message: String, names: [String: String] = [:]) {
        self.text = message.split(separator: "\n").joined(separator: " ")
        let opening = "The value '"
        if message.hasPrefix(opening), let end = message.firstRange(of: "' is invalid for '--") {
            let option = message[end.upperBound...].prefix { $0 != " " && $0 != "'" }
            if let setting = PipelineSetting.named(String(option)) {
                let value = message[..<end.lowerBound].dropFirst(opening.count)
                let rest = message[end.upperBound...].drop { $0 != "'" }.dropFirst()
                self.keys = [setting.key]
                self.value = String(value)
                self.text = "\(names[setting.key] ?? setting.key) is '\(value)'; \(Self.reason(rest))"
                return
            }
        }
        // The option that may have been meant is not what is wrong.
        guard !message.hasPrefix("Unknown option") else { return }
        for word in message.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "-") })
        where word.hasPrefix("--") {
            let name = String(word.dropFirst(2))
            let setting = PipelineSetting.named(name) ?? PipelineSetting.named(String(name.trimmingPrefix("no-")))
            guard let key = setting?.key, !self.keys.contains(key) else { continue }
            self.keys.append(key)
            if let written = names[key], written != key { self.call(String(word), written) }
        }
        // A program has no option that could be named.
        if message.contains("behind two dashes") { self.keys.append("command") }
    }

    /// What is accepted: it stands behind a colon, or, for a choice of values, in a list.
    private static func reason(_ text: Substring) -> String {
        guard let choice = text.firstRange(of: "Please provide one of ") else {
            return text.drop { $0 == ":" || $0 == " " }.split(separator: "\n").joined(separator: " ")
        }
        let values = text[choice.upperBound...]
            .split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
            .filter { !["the", "following", "and", "or", "-"].contains($0) }
        guard let last = values.last, values.count > 1 else { return "\(values.joined()) is accepted" }
        return "\(values.dropLast().joined(separator: ", ")) and \(last) are accepted"
    }

    /// Names an option as it was written; longer names that begin alike are others.
    private mutating func call(_ option: String, _ name: String) {
        var result = ""
        var rest = self.text[...]
        while let range = rest.firstRange(of: option) {
            let next = rest[range.upperBound...].first
            let isWhole = next.map { !($0.isLetter || $0.isNumber || $0 == "-") } ?? true
            result += rest[..<range.lowerBound] + (isWhole ? name : option)
            rest = rest[range.upperBound...]
        }
        self.text = result + rest
    }
}
