// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a handler did in the world: requests, items and capacity, counted by the handler itself.
public struct HandlerWork: Hashable, Sendable {
    /// Requests sent, by operation name (`DeleteItem`, `BatchWriteItem`); each try counts.
    public var requests: [String: Int]
    /// Keys whose deletion the service accepted; BatchWriteItem does not say whether there was an item with the key.
    public var itemsDeleted: Int
    /// Keys whose item was kept: it is not the one that the condition of the deletes asks for.
    public var kept: Int
    /// Requests that a one-by-one pipeline would have needed: one a record handled.
    public var singleRequests: Int
    /// Write capacity units that the service reported; it does not report those of requests that it refused or whose
    /// answer was lost.
    public var writeCapacityUnits: Double
    /// Keys that the service handed back unprocessed, each time.
    public var unprocessedItems: Int
    /// Throttled answers.
    public var throttles: Int
    /// Of the requests, those that failed, or whose answer was lost; not those for which the handler slows down.
    public var failedRequests: Int
    /// Keys left out because the same key was already in this batch.
    public var repeatedKeys: Int

    /// Creates a count.
    public init(
        requests: [String: Int] = [:],
        itemsDeleted: Int = 0,
        kept: Int = 0,
        singleRequests: Int = 0,
        writeCapacityUnits: Double = 0,
        unprocessedItems: Int = 0,
        throttles: Int = 0,
        failedRequests: Int = 0,
        repeatedKeys: Int = 0
    ) {
        self.requests = requests
        self.itemsDeleted = itemsDeleted
        self.kept = kept
        self.singleRequests = singleRequests
        self.writeCapacityUnits = writeCapacityUnits
        self.unprocessedItems = unprocessedItems
        self.throttles = throttles
        self.failedRequests = failedRequests
        self.repeatedKeys = repeatedKeys
    }

    /// What it has more than another count; nothing where it has less.
    public func since(_ other: HandlerWork) -> HandlerWork {
        HandlerWork(
            requests: self.requests.reduce(into: [:]) { left, request in
                let count = request.value - other.requests[request.key, default: 0]
                if count > 0 { left[request.key] = count }
            },
            itemsDeleted: max(0, self.itemsDeleted - other.itemsDeleted),
            kept: max(0, self.kept - other.kept),
            singleRequests: max(0, self.singleRequests - other.singleRequests),
            writeCapacityUnits: max(0, self.writeCapacityUnits - other.writeCapacityUnits),
            unprocessedItems: max(0, self.unprocessedItems - other.unprocessedItems),
            throttles: max(0, self.throttles - other.throttles),
            failedRequests: max(0, self.failedRequests - other.failedRequests),
            repeatedKeys: max(0, self.repeatedKeys - other.repeatedKeys)
        )
    }

    /// Adds another count.
    public mutating func add(_ other: HandlerWork) {
        self.requests.merge(other.requests, uniquingKeysWith: +)
        self.itemsDeleted += other.itemsDeleted
        self.kept += other.kept
        self.singleRequests += other.singleRequests
        self.writeCapacityUnits += other.writeCapacityUnits
        self.unprocessedItems += other.unprocessedItems
        self.throttles += other.throttles
        self.failedRequests += other.failedRequests
        self.repeatedKeys += other.repeatedKeys
    }
}
