// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// What a session shows of one shard.
struct ShardSightings {
    private struct Batch {
        var id: BatchID
        var readAt: Timestamp
        var formedAt: Timestamp
        /// Write units of a delete in it; nil: nothing was deleted.
        var unitsPerItem: Double?
    }

    /// More than an item of 400 KB and all entries of its indexes cost.
    private static let mostUnits = 100_000.0

    private var parent: ShardID?
    private var listedAt: Timestamp?
    private var closedAt: Timestamp?
    private var pages: [ArrivalTimes.Page] = []
    private var emptiedAt: Timestamp?
    private var records: [StreamRecord] = []
    // The batch of each record, and whether it is the first of it.
    private var origins: [(batch: Int32, isFirst: Bool)] = []
    private var batches: [Batch] = []

    /// Whether no record of it was seen.
    var isEmpty: Bool { self.records.isEmpty }

    /// Takes in that it was listed.
    mutating func list(_ description: ShardDescription, at: Timestamp) {
        self.parent = description.parent
        self.listedAt = self.listedAt ?? at
        if description.isClosed { self.closedAt = self.closedAt ?? at }
    }

    /// Takes in that it was read.
    mutating func read(_ summary: ReadSummary, at: Timestamp) {
        let wanted = summary.records.plausible - summary.filteredOut.plausible
        if wanted > 0 {
            self.pages.append(ArrivalTimes.Page(at: at, emptiedAt: self.emptiedAt, wanted: wanted))
        }
        let isFull =
            summary.records >= RecordedStream.pageRecords || summary.size.bytes >= RecordedStream.pageBytes / 10 * 9
        self.emptiedAt = isFull ? nil : at
    }

    /// Takes in a batch of it.
    mutating func form(_ batch: BatchDescription, records: [StreamRecord], at: Timestamp) {
        let number = Int32(truncatingIfNeeded: self.batches.count)
        self.batches.append(Batch(id: batch.id, readAt: batch.firstReadAt, formedAt: at))
        self.records.append(contentsOf: records)
        for index in records.indices { self.origins.append((number, index == records.startIndex)) }
    }

    /// Takes in what a batch of it has cost.
    mutating func finish(_ outcome: BatchOutcome) {
        let deleted = outcome.work.itemsDeleted.plausible + outcome.work.kept.plausible
        guard deleted > 0, outcome.work.writeCapacityUnits > 0 else { return }
        // It is among the newest: a shard has one batch a lane.
        guard let index = self.batches.lastIndex(where: { $0.id == outcome.id }) else { return }
        self.batches[index].unitsPerItem = min(outcome.work.writeCapacityUnits / Double(deleted), Self.mostUnits)
    }

    /// The shard with its records in order, each once, at the times at which they are taken to have arrived.
    consuming func shard(_ id: ShardID, firstReadAt: Timestamp?, beginning: Timestamp) -> RecordedArrivals.Shard {
        self.sort()
        let batches = self.batches
        var sightings: [ArrivalTimes.Sighting] = []
        sightings.reserveCapacity(self.records.count)
        for (record, origin) in zip(self.records, self.origins) {
            let batch = batches[Int(origin.batch)]
            sightings.append(
                ArrivalTimes.Sighting(
                    createdAt: record.createdAt,
                    readAt: origin.isFirst ? batch.readAt : nil,
                    formedAt: batch.formedAt
                )
            )
        }
        let times = ArrivalTimes.estimate(sightings, pages: self.pages)
        for index in self.records.indices { self.records[index].createdAt = times[index] }
        // What the first lists hold was there before; what is listed later has come in between.
        let isOld = self.listedAt.map { listed in firstReadAt.map { listed <= $0 } ?? true } ?? true
        return RecordedArrivals.Shard(
            id: id,
            parent: self.parent,
            listedAt: isOld ? beginning : self.listedAt ?? beginning,
            closedAt: self.closedAt,
            records: self.records,
            units: zip(self.records, self.origins).map { record, origin in
                Float(batches[Int(origin.batch)].unitsPerItem ?? Self.units(of: record))
            }
        )
    }

    /// Write units of deleting an item like the one that a record shows: one for each KB begun.
    private static func units(of record: StreamRecord) -> Double {
        let images = [record.oldImage, record.newImage].compactMap(\.self).count
        return Double(max(1, (record.size.bytes / max(1, images) + 1023) / 1024))
    }

    /// Puts the records of several lanes into the order of the shard, and drops what was delivered twice.
    private mutating func sort() {
        var isSorted = true
        for index in self.records.indices.dropFirst()
        where self.records[index].sequenceNumber <= self.records[index - 1].sequenceNumber {
            isSorted = false
            break
        }
        guard !isSorted else { return }
        var order: [Int] = []
        for index in self.records.indices.sorted(by: {
            (self.records[$0].sequenceNumber, $0) < (self.records[$1].sequenceNumber, $1)
        }) {
            if let last = order.last, self.records[last].sequenceNumber == self.records[index].sequenceNumber {
                continue
            }
            order.append(index)
        }
        self.records = order.map { self.records[$0] }
        self.origins = order.map { self.origins[$0] }
    }
}
