// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Finds in the events of a session what arrived and when.
package struct ArrivalCollector {
    /// The kinds of events, by their names in a recording, that it wants; the others tell it nothing.
    package static let kinds = ["started", "shard-listed", "read", "batch-formed", "batch-finished", "gap", "ended"]

    private var description: SessionDescription?
    private var beginning: Timestamp?
    private var newest: Timestamp?
    private var firstReadAt: Timestamp?
    private var shards: [ShardID: ShardSightings] = [:]
    private var work = RecordedWork()
    private var readTimes: [Duration] = []
    private var slim = SlimRecords()
    private var batches = 0
    private var missingEvents = 0

    /// Creates a collector.
    ///
    /// - Parameter opening: The state in which the recording begins; nil: it begins with the session.
    package init(opening: SessionState? = nil) {
        guard let opening, opening.description != nil else { return }
        self.description = opening.description
        self.beginning = opening.asOf
        for shard in opening.shards { self.list(shard.description, at: opening.asOf ?? shard.firstSeenAt) }
    }

    /// Takes in an event, one after the other.
    package mutating func add(_ event: SessionEvent) {
        self.newest = max(event.at, self.newest ?? event.at)
        switch event.kind {
        case .started(let description):
            self.description = description
            self.beginning = self.beginning ?? event.at
        case .shardListed(let description): self.list(description, at: event.at)
        case .read(let summary): self.read(summary, at: event.at)
        case .batchFormed(let batch): self.form(batch, at: event.at)
        case .batchFinished(let outcome): self.finish(outcome)
        case .gap(let count): self.missingEvents = (self.missingEvents + count.plausible).plausible
        default: break
        }
    }

    /// What was found.
    ///
    /// - Parameter end: When the session ended; nil: with the newest event.
    /// - Returns: The arrivals.
    /// - Throws: ``SimulationError`` with `noDescription` or `noArrivals`.
    package mutating func arrivals(end: Timestamp? = nil) throws(SimulationError) -> RecordedArrivals {
        guard let description, let beginning = self.beginning ?? self.newest else {
            throw SimulationError(
                .noDescription,
                "The recording does not say what its session was about: it was not recorded from its beginning, "
                    + "or breaks off right behind it."
            )
        }
        guard self.shards.values.contains(where: { !$0.isEmpty }) else {
            throw SimulationError(
                .noArrivals,
                "No record was handed to a handler in this session, so there is nothing to run again."
            )
        }
        var parts: [RecordedArrivals.Shard] = []
        for id in self.shards.keys.sorted() {
            // Taken out, so that there is one copy of the records at a time.
            guard let sightings = self.shards.removeValue(forKey: id) else { continue }
            parts.append(sightings.shard(id, firstReadAt: self.firstReadAt, beginning: beginning))
        }
        let times = self.readTimes.sorted()
        return RecordedArrivals(
            description: description,
            beginning: beginning,
            end: max(end ?? beginning, self.newest ?? beginning),
            shards: ShardLives.settled(parts),
            work: self.work,
            readTime: times.isEmpty ? .zero : times[times.count / 2],
            batches: self.batches,
            missingEvents: self.missingEvents
        )
    }

    private mutating func list(_ description: ShardDescription, at: Timestamp) {
        self.shards[description.id, default: ShardSightings()].list(description, at: at)
    }

    private mutating func read(_ summary: ReadSummary, at: Timestamp) {
        self.firstReadAt = self.firstReadAt ?? at
        self.readTimes.append(summary.duration)
        self.shards[summary.shard, default: ShardSightings()].read(summary, at: at)
    }

    private mutating func form(_ batch: BatchDescription, at: Timestamp) {
        self.batches += 1
        guard !batch.records.isEmpty else { return }
        let records = self.slim.slim(batch.records)
        self.shards[batch.shard, default: ShardSightings()].form(batch, records: records, at: at)
    }

    private mutating func finish(_ outcome: BatchOutcome) {
        self.work.add(outcome)
        self.shards[outcome.shard]?.finish(outcome)
    }
}
