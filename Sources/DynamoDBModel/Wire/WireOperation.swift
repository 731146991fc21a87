// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// One operation of the services and its bodies in both directions.
///
/// Decoding an input is the endpoint's side and strict: what is not supported is refused by name, never ignored.
/// Decoding an output is the client's side: members that are not known are stepped over.
package struct WireOperation<Input: Sendable, Output: Sendable>: Sendable {
    /// The operation's name, `PutItem`.
    package let name: String
    /// The header `X-Amz-Target`, `DynamoDB_20120810.PutItem`.
    package let target: String
    /// Writes a request.
    package let encodeInput: @Sendable (Input) -> [UInt8]
    /// Reads a request; throws `serialization` or `validation`.
    package let decodeInput: @Sendable ([UInt8]) throws(DynamoDBError) -> Input
    /// Writes an answer.
    package let encodeOutput: @Sendable (Output) -> [UInt8]
    /// Reads an answer; throws `malformedResponse`.
    package let decodeOutput: @Sendable ([UInt8]) throws(DynamoDBError) -> Output

    init(
        _ name: String,
        of service: WireService,
        encodeInput: @escaping @Sendable (Input, inout JSONWriter) -> Void,
        decodeInput: @escaping @Sendable (WireObject) throws(JSONFault) -> Input,
        encodeOutput: @escaping @Sendable (Output, inout JSONWriter) -> Void,
        outputCapacity: @escaping @Sendable (Output) -> Int = { _ in 256 },
        decodeOutput: @escaping @Sendable ([UInt8]) throws(JSONFault) -> Output
    ) {
        self.name = name
        self.target = "\(service.rawValue).\(name)"
        self.encodeInput = { input in
            var writer = JSONWriter()
            writer.object { encodeInput(input, &$0) }
            return writer.bytes
        }
        self.encodeOutput = { output in
            var writer = JSONWriter(capacity: outputCapacity(output))
            writer.object { encodeOutput(output, &$0) }
            return writer.bytes
        }
        self.decodeInput = { (body) throws(DynamoDBError) -> Input in
            do throws(JSONFault) {
                return try decodeInput(try WireValue(body: body).object())
            } catch {
                throw error.requestError
            }
        }
        self.decodeOutput = { (body) throws(DynamoDBError) -> Output in
            do throws(JSONFault) {
                return try decodeOutput(body)
            } catch {
                throw error.responseError
            }
        }
    }

    init(
        _ name: String,
        of service: WireService,
        encodeInput: @escaping @Sendable (Input, inout JSONWriter) -> Void,
        decodeInput: @escaping @Sendable (WireObject) throws(JSONFault) -> Input,
        encodeOutput: @escaping @Sendable (Output, inout JSONWriter) -> Void,
        decodeOutput: @escaping @Sendable (WireObject) throws(JSONFault) -> Output
    ) {
        self.init(
            name,
            of: service,
            encodeInput: encodeInput,
            decodeInput: decodeInput,
            encodeOutput: encodeOutput,
            decodeOutput: { (body: [UInt8]) throws(JSONFault) in try decodeOutput(try WireValue(body: body).object()) }
        )
    }
}

/// The prefixes of `X-Amz-Target`.
enum WireService: String {
    case tables = "DynamoDB_20120810"
    case streams = "DynamoDBStreams_20120810"
}

extension JSONWriter {
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        self.beginObject()
        body(&self)
        self.endObject()
    }

    mutating func array<Element>(_ elements: [Element], _ body: (Element, inout JSONWriter) -> Void) {
        self.beginArray()
        for element in elements { body(element, &self) }
        self.endArray()
    }

    /// Writes a member with text, nothing if there is none.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        self.string(text)
    }

    /// Writes a member with a number, nothing if there is none.
    package mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        self.name(name)
        self.number(number)
    }

    /// Writes a member with an item, nothing if there is none.
    mutating func member(_ name: StaticString, _ item: Item?) {
        guard let item else { return }
        self.name(name)
        self.item(item)
    }

    /// Writes a member with epoch seconds, nothing if there are none.
    mutating func member(_ name: StaticString, _ time: Timestamp?) {
        guard let time else { return }
        self.name(name)
        self.number(text: time.epochSeconds)
    }

    /// Writes a member with a truth value, nothing if it is false, which is what the service assumes.
    mutating func member(_ name: StaticString, ifTrue value: Bool) {
        guard value else { return }
        self.name(name)
        self.bool(true)
    }
}
