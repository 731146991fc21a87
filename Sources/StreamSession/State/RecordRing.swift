// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// The newest delivered records, oldest first; says how many older ones it no longer has.
///
/// Records come by the batch, and are kept so: a batch's records are the same array as in its ``BatchDescription``, and to take in
/// a batch costs next to nothing for each of its records.
public struct RecordRing: Hashable, Sendable, RandomAccessCollection {
    /// Records of one batch that are kept: the newest ones of it.
    struct Run: Sendable {
        var batch: BatchID
        var shard: ShardID
        var deliveredAt: Timestamp
        /// All of the batch's; the first ``skipped`` were never in the ring.
        var records: [StreamRecord]
        var skipped: Int
        /// The number of the first one that was in the ring, counted from its first of all.
        var start: Int
        /// Places in ``records`` whose record was delivered before.
        var duplicates: Set<Int> = []

        /// The number behind the last one.
        var end: Int { self.start + self.records.count - self.skipped }
    }

    /// The largest number of records kept.
    public let limit: Int
    /// Records that were dropped because newer ones came.
    public private(set) var droppedCount = 0
    /// Those before `head` are dropped, and empty.
    private var allRuns: [Run] = []
    private var head = 0

    /// Creates an empty ring.
    ///
    /// - Parameters:
    ///   - limit: The largest number of records kept, at least 1.
    ///   - droppedCount: Records that a ring, which this one goes on with, has dropped.
    package init(limit: Int, droppedCount: Int = 0) {
        precondition(limit > 0, "a ring of no records keeps nothing")
        self.limit = limit
        self.droppedCount = droppedCount
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of records kept.
    public var endIndex: Int { (self.allRuns.last?.end ?? self.droppedCount) - self.droppedCount }

    /// The record at a place; 0 is the oldest kept.
    public subscript(position: Int) -> RecordEntry {
        precondition(position >= 0 && position < self.endIndex, "\(position) is not within 0..<\(self.endIndex)")
        let number = self.droppedCount + position
        // The last run that does not begin behind it.
        var (low, high) = (self.head, self.allRuns.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if self.allRuns[middle].start <= number { low = middle } else { high = middle - 1 }
        }
        let place = number - self.allRuns[low].start + self.allRuns[low].skipped
        return RecordEntry(
            record: self.allRuns[low].records[place],
            shard: self.allRuns[low].shard,
            batch: self.allRuns[low].batch,
            deliveredAt: self.allRuns[low].deliveredAt,
            isDuplicate: self.allRuns[low].duplicates.contains(place)
        )
    }

    /// The batches of which records are kept, and how many, oldest first.
    var runs: [(run: Run, count: Int)] {
        self.allRuns[self.head...].map { ($0, $0.end - Swift.max($0.start, self.droppedCount)) }
    }

    /// The batch of the oldest record; nil: there is none.
    var oldestBatch: BatchID? {
        self.head < self.allRuns.count ? self.allRuns[self.head].batch : nil
    }

    /// Bytes that all records kept hold in memory.
    package var retainedBytes: Int {
        self.runs.reduce(0) { sum, kept in
            sum + kept.run.records.suffix(kept.count).reduce(0) { $0 + $1.retainedBytes }
        }
    }

    // MARK: Changes

    /// Adds the newest records of a batch; drops the oldest ones there is no room for.
    ///
    /// - Parameters:
    ///   - records: All records of the batch.
    ///   - count: How many of them were kept; of a batch larger than the ring only its newest records can stay.
    ///   - batch: The batch.
    ///   - shard: Its shard.
    ///   - deliveredAt: When it was formed.
    ///   - duplicates: Places in `records` whose record was delivered before.
    /// - Returns: How many bytes it holds more, which may be less than 0.
    @discardableResult
    package mutating func append(
        _ records: [StreamRecord],
        newest count: Int = .max,
        of batch: BatchID,
        shard: ShardID,
        deliveredAt: Timestamp,
        duplicates: Set<Int> = []
    ) -> Int {
        let kept = Swift.min(count, records.count, self.limit)
        guard kept > 0 else { return 0 }
        let run = Run(
            batch: batch,
            shard: shard,
            deliveredAt: deliveredAt,
            records: records,
            skipped: records.count - kept,
            start: self.droppedCount + self.count,
            duplicates: duplicates
        )
        var bytes = 0
        for place in run.skipped..<records.count { bytes += records[place].retainedBytes }
        self.allRuns.append(run)
        while self.count > self.limit { bytes -= self.dropOldest() }
        return bytes
    }

    /// Drops the oldest record, and returns the bytes that it held.
    @discardableResult
    package mutating func dropOldest() -> Int {
        guard self.head < self.allRuns.count else { return 0 }
        let place = self.droppedCount - self.allRuns[self.head].start + self.allRuns[self.head].skipped
        let bytes = self.allRuns[self.head].records[place].retainedBytes
        self.droppedCount += 1
        guard self.droppedCount == self.allRuns[self.head].end else { return bytes }
        // What was dropped holds no memory; its place is given back when half of the places are such.
        self.allRuns[self.head].records = []
        self.head += 1
        if self.head == self.allRuns.count || self.head > 64 && self.head * 2 > self.allRuns.count {
            self.allRuns.removeFirst(self.head)
            self.head = 0
        }
        return bytes
    }

    /// Marks the newest delivery of a record as one of a record that was delivered before.
    package mutating func markDuplicate(_ eventID: EventID) {
        for index in self.allRuns.indices[self.head...].reversed() {
            let first = Swift.max(self.allRuns[index].start, self.droppedCount) - self.allRuns[index].start
            let places = first + self.allRuns[index].skipped..<self.allRuns[index].records.count
            guard let place = places.last(where: { self.allRuns[index].records[$0].eventID == eventID }) else {
                continue
            }
            self.allRuns[index].duplicates.insert(place)
            return
        }
    }

    /// Puts another record in the place of each one.
    package mutating func changeRecords(_ change: (StreamRecord) -> StreamRecord) {
        for index in self.allRuns.indices[self.head...] {
            self.allRuns[index].records = self.allRuns[index].records.map(change)
        }
    }

    /// Changes the batches that the records came with.
    package mutating func changeBatches(_ change: (inout BatchID) -> Void) {
        for index in self.allRuns.indices[self.head...] { change(&self.allRuns[index].batch) }
    }

    // MARK: Equality

    /// Whether both hold the same records in the same order and dropped as many.
    public static func == (left: RecordRing, right: RecordRing) -> Bool {
        left.droppedCount == right.droppedCount && left.elementsEqual(right)
    }

    /// Hashes the records in order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.droppedCount)
        for entry in self { hasher.combine(entry) }
    }
}
