// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The newest elements of a sequence, oldest first; says how many older ones it no longer has.
public struct BoundedRing<Element: Hashable & Sendable>: Hashable, Sendable, RandomAccessCollection, MutableCollection {
    // Slots are emptied when their element is dropped, so that nothing dropped stays in memory.
    private var slots: [Element?] = []
    private var head = 0
    /// The number of elements kept.
    public private(set) var count = 0
    /// The largest number of elements kept.
    public let limit: Int
    /// Elements that were dropped because newer ones came.
    public private(set) var droppedCount = 0

    /// Creates an empty ring.
    public init(limit: Int) {
        precondition(limit > 0, "a ring of no elements keeps nothing")
        self.limit = limit
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of elements kept.
    public var endIndex: Int { self.count }

    /// The element at a place; 0 is the oldest kept.
    public subscript(position: Int) -> Element {
        get {
            precondition(position >= 0 && position < self.count, "\(position) is not within 0..<\(self.count)")
            guard let element = self.slots[self.slot(position)] else {
                preconditionFailure("slot \(position) of \(self.count) is empty")
            }
            return element
        }
        set {
            precondition(position >= 0 && position < self.count, "\(position) is not within 0..<\(self.count)")
            self.slots[self.slot(position)] = newValue
        }
    }

    /// Creates a ring as it was: what it holds, oldest first, and how many elements it has dropped.
    ///
    /// Of more elements than `limit` the newest stay.
    init(limit: Int, elements: some Collection<Element>, droppedCount: Int) {
        self.init(limit: limit)
        self.slots = elements.suffix(limit).map { $0 }
        self.count = self.slots.count
        self.droppedCount = droppedCount
    }

    /// Adds the newest element; drops the oldest one if there is no room and returns it.
    @discardableResult
    public mutating func append(_ element: Element) -> Element? {
        let dropped = self.count == self.limit ? self.dropOldest() : nil
        if self.count == self.slots.count {
            // Growing needs the free place at the end.
            if self.head != 0 {
                self.slots = (0..<self.count).map { self.slots[self.slot($0)] }
                self.head = 0
            }
            self.slots.append(element)
        } else {
            self.slots[self.slot(self.count)] = element
        }
        self.count += 1
        return dropped
    }

    /// Drops the oldest element and returns it; nil when there is none.
    @discardableResult
    public mutating func dropOldest() -> Element? {
        guard self.count > 0 else { return nil }
        let dropped = self.slots[self.head]
        self.slots[self.head] = nil
        self.head = (self.head + 1) % self.slots.count
        self.count -= 1
        self.droppedCount += 1
        return dropped
    }

    private func slot(_ position: Int) -> Int {
        (self.head + position) % self.slots.count
    }

    /// Whether both hold the same elements in the same order and dropped as many.
    public static func == (left: BoundedRing, right: BoundedRing) -> Bool {
        left.droppedCount == right.droppedCount && left.elementsEqual(right)
    }

    /// Hashes the elements in order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.droppedCount)
        for element in self { hasher.combine(element) }
    }
}

extension BoundedRing: Codable where Element: Codable {
    private enum CodingKeys: String, CodingKey {
        case limit, droppedCount, elements
    }

    /// Reads a ring.
    ///
    /// - Throws: `DecodingError` if its limit is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let limit = try container.decode(Int.self, forKey: .limit)
        guard (1...1_000_000).contains(limit) else {
            throw DecodingError.dataCorruptedError(
                forKey: .limit,
                in: container,
                debugDescription: "no limit of a ring"
            )
        }
        self.init(
            limit: limit,
            elements: try container.decode([Element].self, forKey: .elements),
            droppedCount: try container.decode(Int.self, forKey: .droppedCount)
        )
    }

    /// Writes a ring.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.limit, forKey: .limit)
        try container.encode(self.droppedCount, forKey: .droppedCount)
        try container.encode(Array(self), forKey: .elements)
    }
}
