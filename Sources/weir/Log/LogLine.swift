// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Logging

/// One line of the log.
struct LogLine {
    /// When, ISO 8601.
    var time: String
    /// How weighty.
    var level: Logger.Level
    /// Which part of the program.
    var component: LogComponent
    /// What happened.
    var message: String
    /// The facts.
    var metadata: Logger.Metadata

    /// The line with its line break; whatever is in it, it is one line.
    func bytes(_ format: LogFormat) -> [UInt8] {
        switch format {
        case .text: self.text
        case .json: self.json
        }
    }

    private var text: [UInt8] {
        var bytes = Array("\(self.time) \(self.level.rawValue) \(self.component.rawValue) ".utf8)
        bytes += Self.literal(self.message).dropFirst().dropLast()
        for (name, value) in Self.flat(self.metadata) {
            bytes.append(UInt8(ascii: " "))
            bytes += Self.word(name)
            bytes.append(UInt8(ascii: "="))
            bytes += Self.word(value)
        }
        bytes.append(10)
        return bytes
    }

    private var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("at")
        json.string(self.time)
        json.name("level")
        json.string(self.level.rawValue)
        json.name("component")
        json.string(self.component.rawValue)
        json.name("message")
        json.string(self.message)
        Self.append(self.metadata, named: "metadata", to: &json)
        json.endObject()
        return json.bytes + [10]
    }

    // MARK: - Text

    /// All facts in order of their names; those within others have both names, with a dot between.
    private static func flat(_ metadata: Logger.Metadata, under prefix: String = "") -> [(String, String)] {
        metadata.sorted { $0.key < $1.key }.flatMap { name, value -> [(String, String)] in
            if case .dictionary(let inner) = value { return Self.flat(inner, under: "\(prefix)\(name).") }
            return [("\(prefix)\(name)", "\(value)")]
        }
    }

    /// A text that reads as one word: as it is, or as a JSON string.
    private static func word(_ text: String) -> [UInt8] {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && ![0x22, 0x3D, 0x5C].contains($0) }
        return isPlain ? Array(text.utf8) : Self.literal(text)
    }

    private static func literal(_ text: String) -> [UInt8] {
        var json = JSONWriter(capacity: text.utf8.count + 2)
        json.string(text)
        return json.bytes
    }

    // MARK: - JSON

    private static func append(_ metadata: Logger.Metadata, named name: String, to json: inout JSONWriter) {
        json.name(name)
        json.beginObject()
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            if case .dictionary(let inner) = value {
                Self.append(inner, named: name, to: &json)
            } else {
                json.name(name)
                Self.append(value, to: &json)
            }
        }
        json.endObject()
    }

    private static func append(_ value: Logger.MetadataValue, to json: inout JSONWriter) {
        switch value {
        case .string(let text): json.string(text)
        case .stringConvertible(let number as Int): json.number(number)
        case .array(let values):
            json.beginArray()
            for value in values { Self.append(value, to: &json) }
            json.endArray()
        case .stringConvertible, .dictionary: json.string("\(value)")
        }
    }
}
