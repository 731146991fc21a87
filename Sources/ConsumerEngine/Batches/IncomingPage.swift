// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// A page as it was read, with what has to be known of it: found before the engine's lock is taken.
package struct IncomingPage: Sendable {
    /// The records to be handled.
    package var wanted: [StreamRecord]
    /// Their size as a Lambda event, at most.
    package var wantedBytes: Int
    /// All records of the page.
    package var count: Int
    /// Bytes of all records, by their own sizes.
    package var size: ByteCount
    /// The number of the first record that is not too old to be wanted; nil if there is none.
    package var first: SequenceNumber?
    /// The last record's number; nil for an empty page.
    package var last: SequenceNumber?
    /// The youngest record's creation time; nil for an empty page.
    package var newestCreatedAt: Timestamp?
    /// Where to go on.
    package var next: ShardIterator?

    /// Looks through a page.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - eventNames: What is wanted; empty: all.
    ///   - since: What is older is not wanted; nil: age does not matter.
    ///   - filter: What of that is wanted.
    ///   - measure: Tells the size of a record.
    package init(
        _ page: RecordPage,
        eventNames: Set<ChangeKind>,
        since: Timestamp? = nil,
        filter: inout RecordFilter,
        measure: LambdaEventSize
    ) {
        let wants = WantedRecords(eventNames, since: since)
        let filters = !filter.isEmpty
        var wanted: [StreamRecord] = []
        var size = 0
        var bytes = 0
        var unwanted = 0
        var newest: Timestamp?
        for (index, record) in page.records.enumerated() {
            size += record.size.bytes
            newest = max(record.createdAt, newest ?? record.createdAt)
            guard wants.contains(record), !filters || filter.matches(record) else {
                // A page of which all is wanted is not copied.
                if unwanted == 0 { wanted.append(contentsOf: page.records[..<index]) }
                unwanted += 1
                continue
            }
            bytes += measure.bytes(of: record)
            if unwanted > 0 { wanted.append(record) }
        }
        self.wanted = unwanted == 0 ? page.records : wanted
        self.wantedBytes = bytes
        self.count = page.records.count
        self.size = ByteCount(size)
        let oldest = since ?? Timestamp(milliseconds: .min)
        self.first = page.records.first { $0.createdAt >= oldest }?.sequenceNumber
        self.last = page.records.last?.sequenceNumber
        self.newestCreatedAt = newest
        self.next = page.next
    }
}

/// What is wanted, asked for each record.
private struct WantedRecords {
    private let since: Timestamp
    private let insert: Bool
    private let modify: Bool
    private let remove: Bool

    init(_ kinds: Set<ChangeKind>, since: Timestamp?) {
        self.since = since ?? Timestamp(milliseconds: .min)
        self.insert = kinds.isEmpty || kinds.contains(.insert)
        self.modify = kinds.isEmpty || kinds.contains(.modify)
        self.remove = kinds.isEmpty || kinds.contains(.remove)
    }

    func contains(_ record: StreamRecord) -> Bool {
        guard record.createdAt >= self.since else { return false }
        return switch record.kind {
        case .insert: self.insert
        case .modify: self.modify
        case .remove: self.remove
        }
    }
}
