// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a parser of options says, taken apart.
struct ParserComplaint: Hashable, Sendable {
    /// The settings that it is about.
    private(set) var keys: [String] = []
    /// The value that is wrong, if it is about one.
    private(set) var value: String?
    /// The message, in the words of a file.
    private(set) var text: String

    /// Takes a message apart: `The value 'x' is invalid for '--name <n>': what is accepted`, or any text that names options.
    init(_ message: String) {
        self.text = message
        let opening = "The value '"
        if message.hasPrefix(opening), let end = message.firstRange(of: "' is invalid for '--") {
            let name = message[end.upperBound...].prefix { $0 != " " && $0 != "'" }
            if let setting = PipelineSetting.named(String(name)) {
                let value = message[..<end.lowerBound].dropFirst(opening.count)
                let reason = message[end.upperBound...].drop { $0 != ":" }.dropFirst()
                self.keys = [setting.key]
                self.value = String(value)
                self.text = "\(setting.key) is '\(value)';\(reason)"
                return
            }
        }
        for word in message.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "-") })
        where word.hasPrefix("--") {
            let name = String(word.dropFirst(2))
            let setting = PipelineSetting.named(name) ?? PipelineSetting.named(String(name.trimmingPrefix("no-")))
            if let key = setting?.key, !self.keys.contains(key) { self.keys.append(key) }
        }
        // A program has no option that could be named.
        if message.contains("behind two dashes") { self.keys.append("command") }
    }
}
