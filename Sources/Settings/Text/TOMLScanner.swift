// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Walks over a TOML text and notes where keys and values stand.
///
/// Accepts less than TOML allows, and nothing that it does not: no dates and times.
struct TOMLScanner {
    let text: [UInt8]
    var index = 0
    /// Offsets of keys, by path.
    private(set) var keys: [String: Int] = [:]
    /// Offsets of values, by path.
    private(set) var values: [String: Int] = [:]
    private var lengths: [String: Int] = [:]

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The byte that is next; nil at the end.
    var byte: UInt8? { self.index < self.text.count ? self.text[self.index] : nil }

    /// Whether the next byte is that one.
    func isAt(_ scalar: Unicode.Scalar) -> Bool { self.byte == UInt8(ascii: scalar) }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard self.isAt(scalar) else { return false }
        self.index += 1
        return true
    }

    mutating func scan() throws(TOMLFault) {
        guard String(validating: self.text, as: UTF8.self) != nil else { throw TOMLFault("not UTF-8", at: 0) }
        if self.text.starts(with: [0xEF, 0xBB, 0xBF]) { self.index = 3 }
        var table = ""
        while true {
            try self.skipSpaceAndComments()
            guard self.byte != nil else { return }
            if self.isAt("[") {
                table = try self.header()
            } else {
                try self.pair(in: table, depth: 0)
            }
            self.skipBlanks()
            try self.comment()
            guard self.byte == nil || self.isAtLineEnd else {
                throw TOMLFault("something follows on the line; one setting a line is accepted", at: self.index)
            }
        }
    }

    // MARK: - Structure

    private mutating func header() throws(TOMLFault) -> String {
        let start = self.index
        self.index += 1
        let isList = self.take("[")
        self.skipBlanks()
        let names = try self.keyPath()
        self.skipBlanks()
        guard self.take("]"), !isList || self.take("]") else {
            throw TOMLFault("the header of a table has no end; [name] is accepted", at: self.index)
        }
        // Below a list of tables, a name means the newest of them.
        var path = ""
        for (place, name) in names.enumerated() {
            path = TOMLOutline.path(path, name)
            let isLast = place == names.count - 1
            if isLast, isList {
                self.note(key: path, at: start)
                let count = self.lengths[path, default: 0]
                self.lengths[path] = count + 1
                path = TOMLOutline.path(path, count)
            } else if let count = self.lengths[path] {
                path = TOMLOutline.path(path, count - 1)
            }
            self.note(key: path, at: start)
            if self.values[path] == nil { self.values[path] = start }
        }
        return path
    }

    private mutating func pair(in table: String, depth: Int) throws(TOMLFault) {
        let start = self.index
        var path = table
        for name in try self.keyPath() {
            path = TOMLOutline.path(path, name)
            self.note(key: path, at: start)
            if self.values[path] == nil { self.values[path] = start }
        }
        self.skipBlanks()
        guard self.take("=") else { throw TOMLFault("no = follows the name; name = value is accepted", at: self.index) }
        self.skipBlanks()
        self.values[path] = self.index
        try self.value(path, depth: depth)
    }

    private mutating func note(key path: String, at offset: Int) {
        if self.keys[path] == nil { self.keys[path] = offset }
    }

    private mutating func keyPath() throws(TOMLFault) -> [String] {
        var names: [String] = []
        repeat {
            self.skipBlanks()
            names.append(try self.key())
            self.skipBlanks()
            guard names.count <= TOMLOutline.maximumDepth else { throw TOMLFault("nested too deeply", at: self.index) }
        } while self.take(".")
        return names
    }

    private mutating func key() throws(TOMLFault) -> String {
        let start = self.index
        if self.isAt("\"") || self.isAt("'") {
            guard !self.startsMultiline else { throw TOMLFault("a name is one line", at: start) }
            try self.string()
            return String(decoding: self.text[(start + 1)..<(self.index - 1)], as: UTF8.self)
        }
        while let byte, Self.isBareKey(byte) { self.index += 1 }
        guard self.index > start else {
            throw TOMLFault("a name is missing; letters, digits, - and _ are accepted", at: start)
        }
        return String(decoding: self.text[start..<self.index], as: UTF8.self)
    }

    static func isBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    // MARK: - Values

    private mutating func value(_ path: String, depth: Int) throws(TOMLFault) {
        guard depth < TOMLOutline.maximumDepth else { throw TOMLFault("nested too deeply", at: self.index) }
        if self.isAt("\"") || self.isAt("'") {
            try self.string()
        } else if self.isAt("[") {
            try self.array(path, depth: depth)
        } else if self.isAt("{") {
            try self.inlineTable(path, depth: depth)
        } else {
            try self.plainValue()
        }
    }

    private mutating func array(_ path: String, depth: Int) throws(TOMLFault) {
        let start = self.index
        self.index += 1
        var count = 0
        while true {
            try self.skipSpaceAndComments()
            if self.take("]") { return }
            guard self.byte != nil else { throw TOMLFault("a list has no end", at: start) }
            let element = TOMLOutline.path(path, count)
            self.keys[element] = self.index
            self.values[element] = self.index
            try self.value(element, depth: depth + 1)
            count += 1
            try self.skipSpaceAndComments()
            if self.take("]") { return }
            guard self.take(",") else {
                throw TOMLFault(
                    self.byte == nil ? "a list has no end" : "a comma or ] is missing in a list",
                    at: self.byte == nil ? start : self.index
                )
            }
        }
    }

    private mutating func inlineTable(_ path: String, depth: Int) throws(TOMLFault) {
        self.index += 1
        self.skipBlanks()
        if self.take("}") { return }
        repeat {
            self.skipBlanks()
            try self.pair(in: path, depth: depth + 1)
            self.skipBlanks()
        } while self.take(",")
        guard self.take("}") else { throw TOMLFault("a comma or } is missing in a table on one line", at: self.index) }
    }
}
