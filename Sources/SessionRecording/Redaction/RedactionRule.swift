// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What is left out of a recording.
public enum RedactionRule: Hashable, Sendable {
    /// All values, all names of attributes, markers, and whose account it is.
    case all
    /// All values.
    case values
    /// Values of attributes whose name matches one of these patterns, at any depth: `*` stands for any characters, and
    /// capitals are like small letters.
    case attributes([String])

    /// The accepted forms, for help and errors.
    public static let forms = "all, values, or names of attributes such as email,address*"

    /// Reads a rule; nil for an empty name.
    public init?(_ text: String) {
        switch text {
        case "all": self = .all
        case "values": self = .values
        default:
            let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
            self = .attributes(names)
        }
    }

    /// What a recording says that it was made with.
    public var redaction: RecordingHeader.Redaction {
        switch self {
        case .all: .all
        case .values: .values
        case .attributes: .attributes
        }
    }

    /// Whether the values of an attribute are left out.
    func covers(_ name: String) -> Bool {
        switch self {
        case .all, .values: true
        case .attributes(let patterns):
            patterns.contains { Self.matches(Array(name.lowercased()), pattern: Array($0.lowercased())) }
        }
    }

    /// In time that grows with the product of both lengths, whatever the pattern: names come from anywhere.
    private static func matches(_ name: [Character], pattern: [Character]) -> Bool {
        // Beginnings of the name that the pattern so far matches.
        var reached = [Bool](repeating: false, count: name.count + 1)
        reached[0] = true
        for element in pattern {
            if element == "*" {
                if let first = reached.firstIndex(of: true) {
                    for index in first..<reached.count { reached[index] = true }
                }
            } else {
                for index in stride(from: name.count, to: 0, by: -1) {
                    reached[index] = reached[index - 1] && name[index - 1] == element
                }
                reached[0] = false
            }
        }
        return reached[name.count]
    }
}
