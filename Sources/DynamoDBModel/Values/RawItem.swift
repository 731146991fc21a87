// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// An item as the bytes of its DynamoDB JSON, `{"name":{"S":"…"}}`, decoded when somebody looks.
///
/// The bytes are a part of the page they came in and share its memory; ``detached()`` makes a copy of their own.
public struct RawItem: Sendable {
    // Leaner than a slice, and a record has up to three of them: the page, and where in it.
    private let page: [UInt8]
    private let start: UInt32
    private let countAndRole: UInt32

    private static let keysRole: UInt32 = 1 << 31

    /// Wraps bytes that are known to be one JSON object.
    ///
    /// - Parameter bytes: Shared if they are a whole array, copied otherwise. Less than 2 GB.
    public init(unchecked bytes: ArraySlice<UInt8>) {
        let page = Array(bytes)
        self.init(page: page, range: page.indices, isKeys: false)
    }

    /// Encodes an item.
    public init(_ item: Item) {
        var writer = JSONWriter()
        writer.item(item)
        self.init(page: writer.bytes, range: writer.bytes.indices, isKeys: false)
    }

    /// Checks that the bytes are an item in DynamoDB JSON.
    ///
    /// - Throws: `malformedResponse` with the place of the fault.
    public init(parsing bytes: some Sequence<UInt8>) throws(DynamoDBError) {
        let page = Array(bytes)
        guard page.count < Self.keysRole else { throw DynamoDBError(.malformedResponse, "an item of 2 GB or more") }
        self.init(page: page, range: page.indices, isKeys: false)
        _ = try self.decodedUncounted()
    }

    /// Shares an array of which the bytes at `range` are taken to be one JSON object.
    ///
    /// - Parameters:
    ///   - page: Less than 2 GB.
    ///   - range: Within the array.
    ///   - isKeys: Whether they are the keys of a record, whose decoding is not counted as that of an image.
    package init(sharing page: [UInt8], range: Range<Int>, isKeys: Bool = false) {
        precondition(range.lowerBound >= 0 && range.upperBound <= page.count, "\(range) of \(page.count) bytes")
        self.init(page: page, range: range, isKeys: isKeys)
    }

    /// Shares a page in which the bytes at `range` are known to be one JSON object.
    @inline(__always)
    init(page: [UInt8], range: Range<Int>, isKeys: Bool) {
        self.page = page
        self.start = UInt32(truncatingIfNeeded: range.lowerBound)
        self.countAndRole = UInt32(truncatingIfNeeded: range.count) | (isKeys ? Self.keysRole : 0)
    }

    /// The JSON object.
    public var bytes: ArraySlice<UInt8> {
        self.page[self.range]
    }

    /// The length of the JSON object in bytes.
    public var count: Int { Int(self.countAndRole & ~Self.keysRole) }

    /// The length of the page that it is a part of.
    var pageCount: Int { self.page.count }

    private var range: Range<Int> {
        Int(self.start)..<(Int(self.start) + self.count)
    }

    /// The same item with memory of its own, so that it does not keep a whole page alive.
    public func detached() -> RawItem {
        RawItem(
            page: Array(self.bytes),
            range: 0..<self.count,
            isKeys: self.countAndRole & Self.keysRole != 0
        )
    }

    /// Decodes the item.
    ///
    /// - Throws: `malformedResponse` if it is not an item in DynamoDB JSON.
    public func decoded() throws(DynamoDBError) -> Item {
        if self.countAndRole & Self.keysRole == 0 { DecodedImageCounter.increment() }
        return try self.decodedUncounted()
    }

    package func decodedUncounted() throws(DynamoDBError) -> Item {
        do throws(JSONFault) {
            return try JSONScanner.read(self.bytes) { (scanner) throws(JSONFault) in
                var decoder = ItemDecoder(scanner: scanner, isStrict: false)
                let item = try decoder.item()
                try decoder.scanner.finish()
                return item
            }
        } catch {
            throw error.responseError
        }
    }

    /// Decodes the key attributes alone, the partition key first; whatever else the item holds is stepped over.
    ///
    /// - Parameter keyNames: The names of partition and sort key, one or two.
    /// - Returns: The key.
    /// - Throws: `malformedResponse` if one is missing, is no key type, or the bytes are not an item.
    public func primaryKey(_ keyNames: [String]) throws(DynamoDBError) -> PrimaryKey {
        do throws(JSONFault) {
            return try JSONScanner.read(self.bytes) { (scanner) throws(JSONFault) in
                var decoder = ItemDecoder(scanner: scanner, isStrict: false)
                return try decoder.primaryKey(keyNames)
            }
        } catch {
            throw error.responseError
        }
    }
}

extension RawItem: Hashable {
    /// Whether the bytes are the same; two spellings of one item differ.
    public static func == (left: RawItem, right: RawItem) -> Bool {
        left.bytes == right.bytes
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        self.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
