// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
package import StreamSession

/// Keeps counts and sums of a table's items in another table, each change of an item counted exactly once.
///
/// A batch is added up first: one UpdateItem for each group in it, with ADD. The same request notes in the item the
/// sequence number of the last record that it holds (``SequenceMark``), on the condition that none of its records is
/// there already. Adding and noting are one write, so no crash comes between them, and whoever delivers a record again,
/// after a crash, a retry or a lost answer, meets the condition. What a refused batch has left to add is told by the item
/// that the refusal brings: everything behind the noted number.
///
/// That rests on the order of a shard: its records come in the order of their numbers, to one item one after the other.
/// Several lanes in a shard would break it, so the handler needs a parallelization factor of 1.
///
/// All its requests share one ``WriteBudget``.
///
/// It costs about 60 bytes in an item for each shard that has written to it, and one refused write for each group of a batch
/// that comes again. Marks of shards that are gone (``TrimmedShards``) are taken away when an item has eight of them.
package struct AggregateHandler: RecordHandler {
    private let configuration: AggregateHandlerConfiguration
    private let requests: AggregateRequests
    private let agreement: AggregateAgreement
    private let writer: AggregateWriter

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - configuration: What is added up, and where.
    ///   - tables: Where the table is; leaves throttled requests to the handler, which slows down then.
    ///   - streams: Where streams are listed, to find out which shards are gone.
    ///   - clock: What pauses are measured with.
    ///   - seed: Seed of the jitter in pauses.
    package init(
        configuration: AggregateHandlerConfiguration,
        tables: any DynamoDBTableAPI,
        streams: any DynamoDBStreamsAPI,
        clock: any SessionClock,
        seed: UInt64
    ) {
        precondition((1...64).contains(configuration.concurrency), "concurrency outside of 1...64")
        self.configuration = configuration
        let requests = AggregateRequests(
            table: configuration.table,
            keyName: configuration.keyName,
            stream: configuration.stream,
            definition: configuration.definition
        )
        self.requests = requests
        self.agreement = AggregateAgreement(requests: requests, api: tables)
        self.writer = AggregateWriter(
            requests: requests,
            api: tables,
            trimmed: TrimmedShards(api: streams, clock: clock),
            clock: clock,
            pacer: WritePacer(
                budget: WriteBudget(
                    maximum: configuration.maximumWriteCapacity,
                    provisioned: configuration.provisionedWriteCapacity
                ),
                clock: clock
            ),
            backoff: SharedBackoff(range: configuration.backoff, seed: seed),
            attemptLimit: configuration.attemptLimit
        )
    }

    /// The same handler for records that are counted as another stream's; both keep within one budget.
    package func counting(as stream: StreamARN) -> AggregateHandler {
        AggregateHandler(self, stream: stream)
    }

    private init(_ other: AggregateHandler, stream: StreamARN) {
        self.configuration = other.configuration
        self.requests = AggregateRequests(
            table: other.requests.table,
            keyName: other.requests.keyName,
            stream: stream,
            definition: other.requests.definition
        )
        self.agreement = AggregateAgreement(requests: self.requests, api: other.writer.api)
        self.writer = AggregateWriter(
            requests: self.requests,
            api: other.writer.api,
            trimmed: other.writer.trimmed,
            clock: other.writer.clock,
            pacer: other.writer.pacer,
            backoff: other.writer.backoff,
            attemptLimit: other.writer.attemptLimit
        )
    }

    /// Adds the batch up and the sums to their items.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let fold: AggregateFold
        do throws(RecordChange.Unreadable) {
            fold = try AggregateFold(batch.records, of: batch.shard, self.configuration.definition)
        } catch {
            return .responded(
                .failure(
                    type: "UncountableRecord",
                    "record \(error.sequenceNumber) cannot be added up: \(error.reason) "
                        + "(\(self.configuration.definition.summary))"
                )
            )
        }
        if self.configuration.isDryRun { return self.plan(fold, of: batch) }
        guard !fold.entries.isEmpty else {
            meter.add(HandlerWork(singleRequests: batch.records.count))
            return .done
        }
        let streams: [String: StreamARN]
        switch try await self.agreement.streams(meter: meter) {
        case .known(let known): streams = known
        case .failed(let end): return end.outcome
        }
        let newest = batch.records.map(\.createdAt).max() ?? Timestamp(seconds: 0)
        let write = AggregateWriter.Write(shard: batch.shard, newest: newest, streams: streams, meter: meter)
        let result = try await self.send(fold.entries, write)
        let repeated = fold.repeated + result.repeated
        if repeated > 0 { meter.say("\(repeated) additions were counted before and are left out") }
        if case .done = result.end { meter.add(HandlerWork(singleRequests: batch.records.count)) }
        return result.end.outcome
    }

    /// Sends requests, a few at a time; after a failure no further one is begun.
    private func send(
        _ entries: [AggregateFold.Entry],
        _ write: AggregateWriter.Write
    ) async throws -> AggregateWriter.Result {
        let workers = min(self.configuration.concurrency, entries.count)
        let cursor = WorkCursor(count: entries.count)
        return try await withThrowingTaskGroup(of: AggregateWriter.Result.self) { [writer] group in
            for _ in 0..<workers {
                group.addTask {
                    var sum = AggregateWriter.Result()
                    while let index = cursor.next() {
                        sum.add(try await writer.add(entries[index], write))
                        guard case .done = sum.end else {
                            cursor.stop()
                            break
                        }
                    }
                    return sum
                }
            }
            return try await group.reduce(into: AggregateWriter.Result()) { $0.add($1) }
        }
    }

    private func plan(_ fold: AggregateFold, of batch: RecordBatch) -> HandlerOutcome {
        var bodies: [[UInt8]] = []
        for entry in fold.entries {
            // What could not be sent is no plan.
            guard let request = try? self.requests.update(entry, of: batch.shard) else { continue }
            bodies.append(WireOperation.updateItem.encodeInput(request))
        }
        self.configuration.report(
            EventPlan(batch: batch, target: self.configuration.table, operation: "UpdateItem", requests: bodies)
        )
        return .doneWithoutCheckpoint
    }
}
