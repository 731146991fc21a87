// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SettingsNode {
    /// Reads JSON.
    ///
    /// - Throws: ``SettingsError`` with the place of the first fault.
    init(json text: String, file: String) throws(SettingsError) {
        let bytes = Array(text.utf8)
        do throws(JSONFault) {
            self = try JSONScanner.read(bytes[...]) { (scanner) throws(JSONFault) in
                let node = try Self.read(&scanner, text: bytes)
                try scanner.finish()
                return node
            }
        } catch {
            let place = error.offset.map { TextPlace(offset: $0, in: bytes) }
            throw SettingsError(file: file, place: place, message: "no JSON: \(error.message)")
        }
    }

    private static func read(_ scanner: inout JSONScanner, text: [UInt8]) throws(JSONFault) -> SettingsNode {
        let first = scanner.peek().map { Unicode.Scalar($0) }
        let place = TextPlace(offset: scanner.position, in: text)
        let value: Value
        switch first {
        case "{": value = .table(try Self.members(&scanner, text: text))
        case "[":
            var elements: [SettingsNode] = []
            var more = try scanner.beginArray()
            while more {
                elements.append(try Self.read(&scanner, text: text))
                more = try scanner.nextElement()
            }
            value = .list(elements)
        case "\"": value = .text(scanner.value(of: try scanner.string()))
        case "t":
            try scanner.literal("true")
            value = .boolean(true)
        case "f":
            try scanner.literal("false")
            value = .boolean(false)
        case "n":
            try scanner.literal("null")
            value = .null
        default:
            let number = scanner.plainText(try scanner.number())
            value = Int(number).map(Value.integer) ?? .decimal(number)
        }
        return SettingsNode(value: value, place: place)
    }

    private static func members(_ scanner: inout JSONScanner, text: [UInt8]) throws(JSONFault) -> [Member] {
        var members: [Member] = []
        var more = try scanner.beginObject()
        while more {
            _ = scanner.peek()
            let offset = scanner.position
            let name = scanner.value(of: try scanner.memberName())
            guard !members.contains(where: { $0.name == name }) else {
                throw JSONFault(.syntax, "the name \(name) occurs twice", offset: offset)
            }
            let place = TextPlace(offset: offset, in: text)
            members.append(Member(name: name, place: place, node: try Self.read(&scanner, text: text)))
            more = try scanner.nextMember()
        }
        return members
    }
}
