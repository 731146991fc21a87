// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes an item, names in order of their text so that equal items become equal bytes.
    package mutating func item(_ item: Item) {
        self.beginObject()
        for (name, value) in item.sorted(by: { $0.key < $1.key }) {
            self.name(name)
            self.attributeValue(value)
        }
        self.endObject()
    }

    /// Writes an item whose bytes are there already.
    package mutating func item(_ item: RawItem) {
        self.raw(item.bytes)
    }

    /// Writes `{"S":"…"}` and its kin; members of sets in order.
    package mutating func attributeValue(_ value: AttributeValue) {
        self.beginObject()
        switch value {
        case .string(let text):
            self.name("S")
            self.string(text)
        case .number(let number):
            self.name("N")
            self.string(number.text)
        case .binary(let bytes):
            self.name("B")
            self.string(Base64.encode(bytes))
        case .bool(let flag):
            self.name("BOOL")
            self.bool(flag)
        case .null:
            self.name("NULL")
            self.bool(true)
        case .map(let members):
            self.name("M")
            self.item(members)
        case .list(let elements):
            self.name("L")
            self.beginArray()
            for element in elements { self.attributeValue(element) }
            self.endArray()
        case .stringSet(let members):
            self.name("SS")
            self.strings(members.sorted())
        case .numberSet(let members):
            self.name("NS")
            self.strings(members.sorted().map(\.text))
        case .binarySet(let members):
            self.name("BS")
            self.strings(members.sorted { $0.lexicographicallyPrecedes($1) }.map { Base64.encode($0) })
        }
        self.endObject()
    }

    /// Writes an array of texts.
    package mutating func strings(_ texts: [String]) {
        self.beginArray()
        for text in texts { self.string(text) }
        self.endArray()
    }
}
