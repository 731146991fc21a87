// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON value inside a body whose syntax has been checked already.
struct WireValue {
    /// The value's bytes, no white space around them, never empty.
    let bytes: ArraySlice<UInt8>

    /// Checks a whole body; an empty one stands for an object without members.
    init(body: [UInt8]) throws(JSONFault) {
        guard body.count <= JSONLimits.maximumBytes else {
            throw JSONFault(.syntax, "longer than \(JSONLimits.maximumBytes) bytes")
        }
        guard !body.isEmpty else {
            self.bytes = Array("{}".utf8)[...]
            return
        }
        let range = try JSONScanner.read(body[...]) { (scanner) throws(JSONFault) in
            let range = try scanner.skipValue()
            try scanner.finish()
            return range
        }
        self.bytes = body[range]
    }

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    var isNull: Bool { self.bytes.first == UInt8(ascii: "n") }

    func string() throws(JSONFault) -> String {
        guard self.bytes.first == UInt8(ascii: "\"") else { throw self.typeFault(.string) }
        return try JSONScanner.read(self.bytes) { (scanner) throws(JSONFault) in scanner.value(of: try scanner.string())
        }
    }

    /// A whole number; `1.0` and `1e3` count as such.
    func integer() throws(JSONFault) -> Int {
        guard let integer = DecimalNumber(try self.number())?.integer else {
            throw JSONFault(.type, "DECIMAL_VALUE cannot be converted to Integer")
        }
        return integer
    }

    /// The text of a number.
    func number() throws(JSONFault) -> String {
        guard let first = self.bytes.first, first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else {
            throw self.typeFault(.integer)
        }
        return String(decoding: self.bytes, as: UTF8.self)
    }

    func double() throws(JSONFault) -> Double {
        guard let value = Double(try self.number()), value.isFinite else {
            throw JSONFault(.type, "a number is too large")
        }
        return value
    }

    /// Epoch seconds, maybe with fraction or exponent.
    func time() throws(JSONFault) -> Timestamp {
        guard let time = Timestamp(epochSeconds: try self.number()) else {
            throw JSONFault(.type, "a time is out of range")
        }
        return time
    }

    func bool() throws(JSONFault) -> Bool {
        switch self.bytes.first {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: throw self.typeFault(.boolean)
        }
    }

    func elements() throws(JSONFault) -> [WireValue] {
        guard self.bytes.first == UInt8(ascii: "[") else { throw self.typeFault(.list) }
        let start = self.bytes.startIndex
        return try JSONScanner.read(self.bytes) { (scanner) throws(JSONFault) in
            var elements: [WireValue] = []
            var more = try scanner.beginArray()
            while more {
                let range = try scanner.skipValue()
                elements.append(WireValue(self.bytes[(start + range.lowerBound)..<(start + range.upperBound)]))
                more = try scanner.nextElement()
            }
            return elements
        }
    }

    /// The members; a name that occurs twice is refused.
    func object() throws(JSONFault) -> WireObject {
        guard self.bytes.first == UInt8(ascii: "{") else { throw self.typeFault(.structure) }
        let start = self.bytes.startIndex
        return try JSONScanner.read(self.bytes) { (scanner) throws(JSONFault) in
            var members: [(name: String, value: WireValue)] = []
            var names: Set<String> = []
            var more = try scanner.beginObject()
            while more {
                let text = try scanner.memberName()
                let name = scanner.value(of: text)
                guard !Self.has(members, name, &names) else {
                    throw .duplicateName(at: text.start)
                }
                let range = try scanner.skipValue()
                members.append((name, WireValue(self.bytes[(start + range.lowerBound)..<(start + range.upperBound)])))
                more = try scanner.nextMember()
            }
            return WireObject(members: members)
        }
    }

    /// Whether the name is there already; few names are compared one by one, which is faster than hashing them.
    private static func has(
        _ members: [(name: String, value: WireValue)],
        _ name: String,
        _ names: inout Set<String>
    ) -> Bool {
        if members.count < 8 { return members.contains { $0.name == name } }
        if names.isEmpty { names = Set(members.map(\.name)) }
        return !names.insert(name).inserted
    }

    /// An item in DynamoDB JSON.
    func item(isStrict: Bool) throws(JSONFault) -> Item {
        try JSONScanner.read(self.bytes) { (scanner) throws(JSONFault) in
            var decoder = ItemDecoder(scanner: scanner, isStrict: isStrict)
            return try decoder.item()
        }
    }

    private func typeFault(_ expected: JSONTypeFault.Expected) -> JSONFault {
        JSONTypeFault.fault(found: self.bytes.first, expected: expected)
    }
}
