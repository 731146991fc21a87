// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Parses JSON the plain way, a byte at a time and with checked accesses.
///
/// Shares no code with ``JSONScanner`` on purpose: the two check each other in the tests.
struct JSONValueParser {
    private let bytes: [UInt8]
    private var index = 0
    private var depthLeft: Int
    private let allowsDuplicates: Bool

    init(bytes: [UInt8], maximumDepth: Int, allowsDuplicates: Bool = false) {
        self.bytes = bytes
        self.depthLeft = maximumDepth
        self.allowsDuplicates = allowsDuplicates
    }

    mutating func parse() throws(JSONFault) -> JSONValue {
        let value = try self.value()
        self.skipSpace()
        guard self.index == self.bytes.count else { throw .syntax("something follows the value", at: self.index) }
        return value
    }

    private var byte: UInt8? { self.index < self.bytes.count ? self.bytes[self.index] : nil }

    private mutating func skipSpace() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { self.index += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard self.byte == UInt8(ascii: scalar) else { return false }
        self.index += 1
        return true
    }

    private func unexpected() -> JSONFault {
        .syntax(self.byte == nil ? "the document ends too early" : "unexpected byte", at: self.index)
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        self.skipSpace()
        switch self.byte.map({ Unicode.Scalar($0) }) {
        case "{": return try self.object()
        case "[": return try self.array()
        case "\"": return .string(try self.string())
        case "t":
            try self.literal("true")
            return .bool(true)
        case "f":
            try self.literal("false")
            return .bool(false)
        case "n":
            try self.literal("null")
            return .null
        default: return .number(try self.number())
        }
    }

    private mutating func literal(_ text: String) throws(JSONFault) {
        guard self.bytes[self.index...].starts(with: text.utf8) else { throw self.unexpected() }
        self.index += text.utf8.count
    }

    private mutating func descend() throws(JSONFault) {
        guard self.depthLeft > 0 else { throw .syntax("nested too deeply", at: self.index) }
        self.depthLeft -= 1
        self.index += 1
        self.skipSpace()
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        try self.descend()
        defer { self.depthLeft += 1 }
        var members: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        if self.take("}") { return .object([]) }
        repeat {
            self.skipSpace()
            guard self.byte == UInt8(ascii: "\"") else { throw self.unexpected() }
            let name = try self.string()
            if !self.allowsDuplicates, !names.insert(Array(name.utf8)).inserted {
                throw .duplicateName(at: self.index)
            }
            self.skipSpace()
            guard self.take(":") else { throw self.unexpected() }
            members.append(JSONValue.Member(name, try self.value()))
            self.skipSpace()
        } while self.take(",")
        guard self.take("}") else { throw self.unexpected() }
        return .object(members)
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        try self.descend()
        defer { self.depthLeft += 1 }
        var elements: [JSONValue] = []
        if self.take("]") { return .array([]) }
        repeat {
            elements.append(try self.value())
            self.skipSpace()
        } while self.take(",")
        guard self.take("]") else { throw self.unexpected() }
        return .array(elements)
    }

    private mutating func number() throws(JSONFault) -> String {
        let start = self.index
        _ = self.take("-")
        if !self.take("0") { try self.digits() }
        if self.take(".") { try self.digits() }
        if self.take("e") || self.take("E") {
            if !self.take("+") { _ = self.take("-") }
            try self.digits()
        }
        return String(decoding: self.bytes[start..<self.index], as: UTF8.self)
    }

    private mutating func digits() throws(JSONFault) {
        let start = self.index
        while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { self.index += 1 }
        guard self.index > start else { throw self.unexpected() }
    }

    private mutating func string() throws(JSONFault) -> String {
        self.index += 1
        let start = self.index
        var text: [UInt8] = []
        while let byte {
            self.index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw .syntax("not UTF-8", at: start)
                }
                return valid
            case UInt8(ascii: "\\"):
                text.append(contentsOf: try self.escape())
            case ..<0x20:
                throw .syntax("a control character in a string", at: self.index - 1)
            default:
                text.append(byte)
            }
        }
        throw .syntax("a string has no end", at: start)
    }

    private mutating func escape() throws(JSONFault) -> [UInt8] {
        guard let byte else { throw self.unexpected() }
        self.index += 1
        switch Unicode.Scalar(byte) {
        case "\"", "\\", "/": return [byte]
        case "b": return [0x08]
        case "f": return [0x0C]
        case "n": return [0x0A]
        case "r": return [0x0D]
        case "t": return [0x09]
        case "u":
            let first = try self.codeUnit()
            var units = [first]
            if UTF16.isLeadSurrogate(first) {
                guard self.take("\\"), self.take("u") else { throw .syntax("half of a surrogate pair", at: self.index) }
                units.append(try self.codeUnit())
            }
            guard let text = String(validating: units, as: UTF16.self) else {
                throw .syntax("half of a surrogate pair", at: self.index)
            }
            return Array(text.utf8)
        default: throw .syntax("an unknown escape", at: self.index - 1)
        }
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt16 {
        let digits = self.bytes[self.index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .syntax("an escape has no four hexadecimal digits", at: self.index) }
        self.index += 4
        return unit
    }
}
