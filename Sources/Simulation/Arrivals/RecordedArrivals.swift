// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// What arrived in a recorded session, when, and what its handler did: all that is needed to run it again.
///
/// Of a record its keys and the lengths of its images are kept, not what the images hold.
package struct RecordedArrivals: Sendable {
    /// A shard and its records.
    package struct Shard: Sendable {
        /// The shard.
        package var id: ShardID
        /// Its parent; nil: it has none, or the session does not say.
        package var parent: ShardID?
        /// From when on it is listed.
        package var listedAt: Timestamp
        /// When it was closed; nil: it stayed open.
        package var closedAt: Timestamp?
        /// Its records, oldest first; `createdAt` is when each is taken to have arrived, to the millisecond.
        package var records: [StreamRecord]
        /// Of each record, the write units of deleting the item that has its key.
        package var units: [Float]

        /// Creates a shard.
        package init(
            id: ShardID,
            parent: ShardID? = nil,
            listedAt: Timestamp,
            closedAt: Timestamp? = nil,
            records: [StreamRecord],
            units: [Float]
        ) {
            self.id = id
            self.parent = parent
            self.listedAt = listedAt
            self.closedAt = closedAt
            self.records = records
            self.units = units
        }
    }

    /// What the session was about.
    package var description: SessionDescription
    /// When the session began to read.
    package var beginning: Timestamp
    /// When it ended, or the recording of it.
    package var end: Timestamp
    /// The shards, in the order of their names.
    package var shards: [Shard]
    /// What the handler did.
    package var work: RecordedWork
    /// How long a read took, as a rule: the median.
    package var readTime: Duration
    /// Batches that the session handed to its handler.
    package var batches: Int
    /// Events that the recording could not follow: what arrived with them is not here.
    package var missingEvents: Int

    /// Creates arrivals.
    package init(
        description: SessionDescription,
        beginning: Timestamp,
        end: Timestamp,
        shards: [Shard],
        work: RecordedWork,
        readTime: Duration,
        batches: Int,
        missingEvents: Int
    ) {
        self.description = description
        self.beginning = beginning
        self.end = end
        self.shards = shards
        self.work = work
        self.readTime = readTime
        self.batches = batches
        self.missingEvents = missingEvents
    }

    /// The number of records.
    package var count: Int { self.shards.reduce(0) { $0 + $1.records.count } }

    /// The first and the last arrival.
    package var span: ClosedRange<Timestamp> {
        let first = self.shards.compactMap { $0.records.first?.createdAt }.min() ?? self.beginning
        let last = self.shards.compactMap { $0.records.last?.createdAt }.max() ?? first
        return first...max(first, last)
    }

    /// How long the arrivals took, from the session's beginning, or the first arrival if that was before it, to the session's
    /// end; at least a second.
    package var duration: Duration {
        let span = self.span
        return max(.seconds(1), max(self.end, span.upperBound).since(min(self.beginning, span.lowerBound)))
    }
}
