// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Reads one element of `Records`.
    @inline(__always)
    mutating func recordFields() throws(JSONFault) -> RecordFields {
        guard self.peek() == UInt8(ascii: "{") else { throw self.typeFault(.structure) }
        var fields = RecordFields()
        var more = try self.beginObject()
        while more {
            let name = try self.memberName()
            if self.text(name, is: "dynamodb") {
                try fields.first(.change, name)
                try self.readChange(&fields)
            } else if self.text(name, is: "eventID") {
                try fields.first(.eventID, name)
                fields.eventID = try self.expectString()
            } else if self.text(name, is: "eventName") {
                try fields.first(.eventName, name)
                fields.kind = try self.kind()
            } else if self.text(name, is: "awsRegion") {
                try fields.first(.region, name)
                if try !self.isNull() { fields.region = try self.expectString() }
            } else if self.text(name, is: "userIdentity") {
                try fields.first(.userIdentity, name)
                if try !self.isNull() { fields.isTimeToLive = try self.isTimeToLive() }
            } else {
                _ = try self.skipValue()
            }
            more = try self.nextMember()
        }
        return fields
    }

    @inline(__always)
    private mutating func readChange(_ fields: inout RecordFields) throws(JSONFault) {
        guard self.peek() == UInt8(ascii: "{") else { throw self.typeFault(.structure) }
        var more = try self.beginObject()
        while more {
            let name = try self.memberName()
            if self.text(name, is: "Keys") {
                try fields.first(.keys, name)
                fields.keys = try self.itemRange()
            } else if self.text(name, is: "NewImage") {
                try fields.first(.newImage, name)
                if try !self.isNull() { fields.newImage = try self.itemRange() }
            } else if self.text(name, is: "OldImage") {
                try fields.first(.oldImage, name)
                if try !self.isNull() { fields.oldImage = try self.itemRange() }
            } else if self.text(name, is: "SequenceNumber") {
                try fields.first(.sequenceNumber, name)
                fields.sequenceNumber = try self.sequenceNumber()
            } else if self.text(name, is: "ApproximateCreationDateTime") {
                try fields.first(.createdAt, name)
                fields.createdAt = try self.time()
            } else if self.text(name, is: "SizeBytes") {
                try fields.first(.size, name)
                if try !self.isNull() { fields.size = try self.size() }
            } else if self.text(name, is: "StreamViewType") {
                try fields.first(.viewType, name)
                if try !self.isNull() { fields.viewType = try self.viewType() }
            } else {
                _ = try self.skipValue()
            }
            more = try self.nextMember()
        }
    }

    /// Reads `userIdentity`: whether the change was made by the service itself, as it does when an item expires.
    private mutating func isTimeToLive() throws(JSONFault) -> Bool {
        guard self.peek() == UInt8(ascii: "{") else { throw self.typeFault(.structure) }
        var isService = false
        var isDynamoDB = false
        var more = try self.beginObject()
        while more {
            let name = try self.memberName()
            if self.text(name, is: "Type"), self.peek() == UInt8(ascii: "\"") {
                isService = self.text(try self.string(), is: "Service")
            } else if self.text(name, is: "PrincipalId"), self.peek() == UInt8(ascii: "\"") {
                isDynamoDB = self.text(try self.string(), is: "dynamodb.amazonaws.com")
            } else {
                _ = try self.skipValue()
            }
            more = try self.nextMember()
        }
        return isService && isDynamoDB
    }

    // MARK: Values

    /// Steps over a string; anything else is a fault of its type.
    @inline(__always)
    mutating func expectString() throws(JSONFault) -> Text {
        guard self.peek() == UInt8(ascii: "\"") else { throw self.typeFault(.string) }
        return try self.string()
    }

    /// Steps over `null` if it comes next.
    @inline(__always)
    mutating func isNull() throws(JSONFault) -> Bool {
        guard self.peek() == UInt8(ascii: "n") else { return false }
        try self.literal("null")
        return true
    }

    @inline(__always)
    private mutating func itemRange() throws(JSONFault) -> Range<Int> {
        guard self.peek() == UInt8(ascii: "{") else { throw self.typeFault(.structure) }
        return try self.skipValue()
    }

    @inline(__always)
    private mutating func kind() throws(JSONFault) -> ChangeKind {
        let text = try self.expectString()
        if self.text(text, is: "INSERT") { return .insert }
        if self.text(text, is: "MODIFY") { return .modify }
        if self.text(text, is: "REMOVE") { return .remove }
        throw JSONFault(.type, "eventName is none of INSERT, MODIFY, REMOVE", offset: text.start)
    }

    @inline(__always)
    private mutating func viewType() throws(JSONFault) -> StreamViewType {
        let text = try self.expectString()
        if self.text(text, is: "NEW_AND_OLD_IMAGES") { return .newAndOldImages }
        if self.text(text, is: "NEW_IMAGE") { return .newImage }
        if self.text(text, is: "OLD_IMAGE") { return .oldImage }
        if self.text(text, is: "KEYS_ONLY") { return .keysOnly }
        throw JSONFault(.type, "StreamViewType is unknown", offset: text.start)
    }

    @inline(__always)
    private mutating func sequenceNumber() throws(JSONFault) -> SequenceNumber {
        let text = try self.expectString()
        let number =
            text.hasEscapes ? SequenceNumber(self.value(of: text)) : SequenceNumber(digits: self.buffer(of: text))
        guard let number else {
            throw JSONFault(.type, "SequenceNumber is not 1 to 57 decimal digits", offset: text.start)
        }
        return number
    }

    @inline(__always)
    private mutating func time() throws(JSONFault) -> Timestamp {
        guard let byte = self.peek(), byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10 else {
            throw self.typeFault(.integer)
        }
        let range = try self.number()
        if let seconds = self.wholeNumber(range), seconds < 1_000_000_000_000 {
            return Timestamp(seconds: Int64(seconds))
        }
        guard let time = Timestamp(epochSeconds: self.plainText(range)) else {
            throw JSONFault(.type, "ApproximateCreationDateTime is out of range", offset: range.lowerBound)
        }
        return time
    }

    @inline(__always)
    private mutating func size() throws(JSONFault) -> Int {
        guard let byte = self.peek(), byte &- UInt8(ascii: "0") < 10 else { throw self.typeFault(.integer) }
        let range = try self.number()
        guard let size = self.wholeNumber(range) else {
            throw JSONFault(.type, "SizeBytes is no whole number", offset: range.lowerBound)
        }
        return size
    }

    @inline(never)
    mutating func typeFault(_ expected: JSONTypeFault.Expected) -> JSONFault {
        JSONTypeFault.fault(found: self.peek(), expected: expected, offset: self.position)
    }
}
