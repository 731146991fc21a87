// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Recognises the keys that a batch holds more than once, by the rules of DynamoDB: numbers by value, text by its bytes.
///
/// A key as the service writes it (text without escapes, whole numbers) is compared without being decoded; any other
/// form is decoded first. Costs one pass over the key's bytes and one hash.
struct KeyIndex {
    private let keyNames: [[UInt8]]
    private let decodedNames: [String]
    /// The values of all keys so far, each as type, length and bytes, partition key first.
    private var storage: [UInt8] = []
    /// Where each key begins in ``storage``; one more entry for the end of the last.
    private var starts: [Int32] = [0]
    /// Number of a key plus 1 at the place of its hash or behind it; 0 is empty.
    ///
    /// A power of two, never more than half full.
    private var slots: [Int32]

    /// Creates an empty index.
    ///
    /// - Parameters:
    ///   - keyNames: The key attributes, partition key first.
    ///   - capacity: The largest number of keys.
    init(keyNames: [String], capacity: Int) {
        self.keyNames = keyNames.map { Array($0.utf8) }
        self.decodedNames = keyNames
        var size = 16
        while size < capacity * 2 { size *= 2 }
        self.slots = Array(repeating: 0, count: size)
        self.storage.reserveCapacity(capacity * 40)
        self.starts.reserveCapacity(capacity + 1)
    }

    /// Adds a key; false if it is there already.
    ///
    /// - Throws: The codec's error for a key that is not one.
    mutating func insert(_ key: RawItem) throws(DynamoDBError) -> Bool {
        let start = self.storage.count
        if !self.appendPlain(key.bytes) {
            self.storage.removeLast(self.storage.count - start)
            try self.appendDecoded(key)
        }
        let mask = self.slots.count - 1
        var slot = self.hash(from: start) & mask
        while self.slots[slot] != 0 {
            if self.isSame(Int(self.slots[slot]) - 1, from: start) {
                self.storage.removeLast(self.storage.count - start)
                return false
            }
            slot = (slot + 1) & mask
        }
        self.slots[slot] = Int32(self.starts.count)
        self.starts.append(Int32(self.storage.count))
        return true
    }

    private func hash(from start: Int) -> Int {
        self.storage.withUnsafeBytes { bytes in
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[start...]))
            return hasher.finalize()
        }
    }

    private func isSame(_ index: Int, from start: Int) -> Bool {
        self.storage[Int(self.starts[index])..<Int(self.starts[index + 1])].elementsEqual(self.storage[start...])
    }

    private mutating func append(type: UInt8, value: some Collection<UInt8>) {
        self.storage.append(type)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value.count)) { self.storage.append(contentsOf: $0) }
        self.storage.append(contentsOf: value)
    }

    /// Takes the key as it is; false if it has a form that must be decoded before it can be compared.
    private mutating func appendPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard self.keyNames.count <= 2 else { return false }
        return bytes.withUnsafeBufferPointer { bytes -> Bool in
            var scanner = PlainKeyScanner(bytes: bytes)
            guard let first = scanner.first() else { return false }
            if self.keyNames.count == 1 {
                guard scanner.isAtEnd(), self.name(0, is: first, in: bytes) else { return false }
                self.append(type: first.type, value: bytes[first.value])
                return true
            }
            guard let second = scanner.second(), scanner.isAtEnd() else { return false }
            let isInOrder = self.name(0, is: first, in: bytes) && self.name(1, is: second, in: bytes)
            let isReversed = !isInOrder && self.name(1, is: first, in: bytes) && self.name(0, is: second, in: bytes)
            guard isInOrder || isReversed else { return false }
            let (partition, sort) = isInOrder ? (first, second) : (second, first)
            self.append(type: partition.type, value: bytes[partition.value])
            self.append(type: sort.type, value: bytes[sort.value])
            return true
        }
    }

    private func name(_ index: Int, is member: PlainKeyScanner.Member, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        self.keyNames[index].elementsEqual(bytes[member.name])
    }

    private mutating func appendDecoded(_ raw: RawItem) throws(DynamoDBError) {
        let key = try raw.primaryKey(self.decodedNames)
        for value in [key.partition, key.sort].compactMap(\.self) {
            switch value {
            case .string(let text): self.append(type: UInt8(ascii: "S"), value: Array(text.utf8))
            case .number(let number): self.append(type: UInt8(ascii: "N"), value: Array(number.text.utf8))
            case .binary(let bytes): self.append(type: UInt8(ascii: "B"), value: bytes)
            default:
                throw DynamoDBError(.malformedResponse, "a key attribute has type \(value.typeName), not S, N or B")
            }
        }
    }
}
