// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Reads items in DynamoDB JSON straight from the bytes.
///
/// Strict for requests: what the service refuses is refused, in the service's words. Lenient for answers.
struct ItemDecoder {
    /// How deep lists and maps may be nested in an item.
    static let maximumLevels = 32

    var scanner: JSONScanner
    let isStrict: Bool
    private var level = 0

    init(scanner: JSONScanner, isStrict: Bool) {
        self.scanner = scanner
        self.isStrict = isStrict
    }

    /// Reads `{"name":{"S":"…"},…}`.
    mutating func item() throws(JSONFault) -> Item {
        guard self.scanner.peek() == UInt8(ascii: "{") else { throw self.typeFault(expected: .structure) }
        var item: Item = [:]
        var more = try self.scanner.beginObject()
        while more {
            let name = try self.scanner.memberName()
            let value = try self.value()
            guard item.updateValue(value, forKey: self.scanner.value(of: name)) == nil else {
                throw .duplicateName(at: name.start)
            }
            more = try self.scanner.nextMember()
        }
        return item
    }

    /// Reads the named members of an item and steps over the others.
    mutating func primaryKey(_ keyNames: [String]) throws(JSONFault) -> PrimaryKey {
        guard let partitionName = keyNames.first, keyNames.count <= 2 else {
            throw JSONFault(.validation, "A primary key has one or two attributes, not \(keyNames.count)")
        }
        let sortName = keyNames.count == 2 ? keyNames[1] : nil
        var partition: AttributeValue?
        var sort: AttributeValue?
        guard self.scanner.peek() == UInt8(ascii: "{") else { throw self.typeFault(expected: .structure) }
        var more = try self.scanner.beginObject()
        while more {
            let name = try self.scanner.memberName()
            if self.scanner.text(name, is: partitionName) {
                guard partition == nil else { throw .duplicateName(at: name.start) }
                partition = try self.keyValue(partitionName)
            } else if let sortName, self.scanner.text(name, is: sortName) {
                guard sort == nil else { throw .duplicateName(at: name.start) }
                sort = try self.keyValue(sortName)
            } else {
                _ = try self.scanner.skipValue()
            }
            more = try self.scanner.nextMember()
        }
        guard let partition else { throw JSONFault(.validation, "the key attribute \(partitionName) is missing") }
        if let sortName, sort == nil { throw JSONFault(.validation, "the key attribute \(sortName) is missing") }
        return PrimaryKey(partition: partition, sort: sort)
    }

    private mutating func keyValue(_ name: String) throws(JSONFault) -> AttributeValue {
        let value = try self.value()
        switch value {
        case .string, .number, .binary: return value
        default: throw JSONFault(.validation, "the key attribute \(name) has the type \(value.typeName)")
        }
    }

    /// Reads `{"S":"…"}` and its kin.
    mutating func value() throws(JSONFault) -> AttributeValue {
        guard self.scanner.peek() == UInt8(ascii: "{") else { throw self.typeFault(expected: .structure) }
        var result: AttributeValue?
        var more = try self.scanner.beginObject()
        while more {
            let type = try self.scanner.memberName()
            if self.scanner.peek() == UInt8(ascii: "n") {
                // The protocol takes a null member for an absent one.
                try self.scanner.literal("null")
            } else if let value = try self.value(ofType: type) {
                guard result == nil else {
                    throw JSONFault(
                        .validation,
                        "Supplied AttributeValue has more than one datatypes set, "
                            + "must contain exactly one of the supported datatypes"
                    )
                }
                result = value
            } else {
                // A type that does not exist, which the service does not see.
                _ = try self.scanner.skipValue()
            }
            more = try self.scanner.nextMember()
        }
        guard let result else {
            throw JSONFault(
                .validation,
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            )
        }
        return result
    }

    private mutating func value(ofType type: JSONScanner.Text) throws(JSONFault) -> AttributeValue? {
        if self.scanner.text(type, is: "S") { return .string(try self.string()) }
        if self.scanner.text(type, is: "N") { return .number(try self.number()) }
        if self.scanner.text(type, is: "B") { return .binary(try self.binary()) }
        if self.scanner.text(type, is: "M") {
            return .map(try self.nested { (decoder) throws(JSONFault) in try decoder.item() })
        }
        if self.scanner.text(type, is: "L") {
            return .list(
                try self.nested { (decoder) throws(JSONFault) in
                    try decoder.elements { (decoder) throws(JSONFault) in try decoder.value() }
                }
            )
        }
        if self.scanner.text(type, is: "BOOL") { return .bool(try self.bool()) }
        if self.scanner.text(type, is: "NULL") {
            guard try self.bool() else {
                throw JSONFault(
                    .validation,
                    "One or more parameter values were invalid: Null attribute value types must have the value of true"
                )
            }
            return .null
        }
        if self.scanner.text(type, is: "SS") {
            return .stringSet(
                try self.members("string") { (decoder) throws(JSONFault) in try decoder.string() }
            )
        }
        if self.scanner.text(type, is: "NS") {
            return .numberSet(
                try self.members("number") { (decoder) throws(JSONFault) in try decoder.number() }
            )
        }
        if self.scanner.text(type, is: "BS") {
            return .binarySet(
                try self.members("binary") { (decoder) throws(JSONFault) in try decoder.binary() }
            )
        }
        return nil
    }

    private mutating func nested<Result>(
        _ body: (inout ItemDecoder) throws(JSONFault) -> Result
    ) throws(JSONFault) -> Result {
        self.level += 1
        if self.isStrict, self.level > Self.maximumLevels {
            throw JSONFault(.validation, "Nesting Levels have exceeded supported limits")
        }
        let result = try body(&self)
        self.level -= 1
        return result
    }

    private mutating func elements<Element>(
        _ element: (inout ItemDecoder) throws(JSONFault) -> Element
    ) throws(JSONFault) -> [Element] {
        guard self.scanner.peek() == UInt8(ascii: "[") else { throw self.typeFault(expected: .list) }
        var elements: [Element] = []
        var more = try self.scanner.beginArray()
        while more {
            elements.append(try element(&self))
            more = try self.scanner.nextElement()
        }
        return elements
    }

    private mutating func members<Member: Hashable>(
        _ kind: String,
        _ member: (inout ItemDecoder) throws(JSONFault) -> Member
    ) throws(JSONFault) -> Set<Member> {
        let elements = try self.elements(member)
        let set = Set(elements)
        guard self.isStrict else { return set }
        if set.isEmpty {
            throw JSONFault(
                .validation,
                "One or more parameter values were invalid: An \(kind) set  may not be empty"
            )
        }
        if set.count != elements.count {
            throw JSONFault(
                .validation,
                "One or more parameter values were invalid: Input collection contains duplicates."
            )
        }
        return set
    }

    private mutating func text(_ expected: JSONTypeFault.Expected) throws(JSONFault) -> JSONScanner.Text {
        guard self.scanner.peek() == UInt8(ascii: "\"") else { throw self.typeFault(expected: expected) }
        return try self.scanner.string()
    }

    private mutating func string() throws(JSONFault) -> String {
        self.scanner.value(of: try self.text(.string))
    }

    private mutating func number() throws(JSONFault) -> DecimalNumber {
        let text = try self.text(.string)
        do throws(DecimalNumber.Refusal) {
            return try DecimalNumber(validating: self.scanner.value(of: text))
        } catch {
            throw JSONFault(.validation, error.rawValue)
        }
    }

    private mutating func binary() throws(JSONFault) -> [UInt8] {
        let text = try self.text(.string)
        guard let bytes = Base64.decode(self.scanner.bytes(of: text)) else {
            throw JSONFault(.type, "a binary value is not base64", offset: text.start)
        }
        return bytes
    }

    private mutating func bool() throws(JSONFault) -> Bool {
        switch self.scanner.peek() {
        case UInt8(ascii: "t"):
            try self.scanner.literal("true")
            return true
        case UInt8(ascii: "f"):
            try self.scanner.literal("false")
            return false
        default: throw self.typeFault(expected: .boolean)
        }
    }

    private mutating func typeFault(expected: JSONTypeFault.Expected) -> JSONFault {
        JSONTypeFault.fault(found: self.scanner.peek(), expected: expected, offset: self.scanner.position)
    }
}
