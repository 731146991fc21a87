// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// Adds to one item what a batch has for it, leaving out what the item has already.
struct AggregateWriter: Sendable {
    /// Marks of shards that are gone which an item may have before they are taken away.
    ///
    /// Each was written by an addition; taking away eight at once costs an eighth of a write more, at most.
    static let forgottenAtOnce = 8
    /// The most marks that one request takes away.
    private static let forgottenLimit = 200

    /// What the additions of a batch have in common.
    struct Write: Sendable {
        var shard: ShardID
        /// The creation of the newest record.
        var newest: Timestamp
        /// The streams whose marks an item may have.
        var streams: [String: StreamARN]
        var meter: WorkMeter
    }

    /// How it ended.
    struct Result: Sendable {
        var end = AggregateEnd.done
        /// Additions that were in the item already.
        var repeated = 0

        mutating func add(_ other: Result) {
            self.end = self.end.merged(with: other.end)
            self.repeated += other.repeated
        }
    }

    let requests: AggregateRequests
    let api: any DynamoDBTableAPI
    let trimmed: TrimmedShards
    let clock: any SessionClock
    let pacer: WritePacer
    let backoff: SharedBackoff
    let attemptLimit: Int

    /// Adds, again and again while it is throttled, until the attempts are used up.
    func add(_ entry: AggregateFold.Entry, _ write: Write) async throws -> Result {
        var result = Result()
        var entry = entry
        var attempt = 1
        while true {
            let request: UpdateItemRequest
            do throws(DecimalNumber.Refusal) {
                guard let made = try self.requests.update(entry, of: write.shard) else {
                    result.end = .stop(reason: Self.tooLong(entry.last))
                    return result
                }
                request = made
            } catch {
                result.end = self.refused(entry, error.rawValue)
                return result
            }
            let reason: String
            switch try await self.send(request, write.meter) {
            case .success(let attributes):
                try await self.forgetTrimmed(attributes, of: entry.key, write)
                return result
            case .failure(let error) where error.code == .conditionalCheckFailed:
                guard let place = try await self.place(after: error, entry, write) else {
                    result.end = .retry(reason: error.description)
                    return result
                }
                guard let rest = entry.after(place) else {
                    result.repeated += entry.steps.count
                    return result
                }
                let progress = entry.steps.count - rest.steps.count
                result.repeated += progress
                entry = rest
                if progress > 0 { continue }
                reason = error.description
            case .failure(let error) where error.isThrottling: reason = error.description
            case .failure(let error):
                result.end = self.end(after: error, entry)
                return result
            }
            if attempt >= self.attemptLimit {
                result.end = .retry(reason: reason)
                return result
            }
            try await self.clock.sleep(for: self.backoff.pause(after: attempt))
            attempt += 1
        }
    }

    // MARK: - Requests

    private func send(
        _ request: UpdateItemRequest,
        _ meter: WorkMeter
    ) async throws
        -> Swift.Result<
            Item, DynamoDBError
        >
    {
        let grant = try await self.pacer.admit(upTo: 1)
        var work = HandlerWork(requests: ["UpdateItem": 1])
        var receipt = WriteBudget.Receipt(keys: 0, units: 0)
        defer {
            meter.add(work)
            self.pacer.settle(grant, receipt, meter: meter)
        }
        do throws(DynamoDBError) {
            let result = try await self.api.updateItem(request)
            let units = result.consumedCapacity?.capacityUnits
            work.writeCapacityUnits = units ?? 0
            receipt = WriteBudget.Receipt(keys: 1, units: units)
            return .success(result.attributes ?? [:])
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            if error.isThrottling {
                work.throttles = 1
                receipt.throttle = error.description
            }
            // It costs what a write would have cost, and does not say how much that is.
            if error.code == .conditionalCheckFailed { receipt = WriteBudget.Receipt(keys: 1, units: nil) }
            return .failure(error)
        }
    }

    /// Up to which record the item is counted; nil: that cannot be told now.
    private func place(
        after error: DynamoDBError,
        _ entry: AggregateFold.Entry,
        _ write: Write
    ) async throws -> SequenceNumber? {
        var item: Item?
        if case .conditionalCheckFailed(let found) = error.detail { item = found }
        if item == nil {
            // Not every emulator tells the item with its refusal.
            write.meter.add(HandlerWork(requests: ["GetItem": 1]))
            do throws(DynamoDBError) {
                item = try await self.api.getItem(self.requests.read(entry.key)).attributes
            } catch {
                if error.code == .cancelled { throw CancellationError() }
                return nil
            }
        }
        let mark = SequenceMark(write.shard, of: self.requests.stream).attribute
        guard case .number(let number)? = item?[mark] else { return nil }
        return SequenceNumber(number.text)
    }

    /// Takes away the marks of shards that are gone, if the item has enough of them.
    ///
    /// What fails is tried again with one of the next additions.
    private func forgetTrimmed(_ attributes: Item, of key: String, _ write: Write) async throws {
        let horizon = write.newest.advanced(by: .zero - TrimmedShards.retention)
        let current = SequenceMark(write.shard, of: self.requests.stream)
        let old = attributes.keys.compactMap { SequenceMark(attribute: $0) }.filter { mark in
            mark != current && mark.shardBegan.map { $0 < horizon } ?? false
        }
        guard old.count >= Self.forgottenAtOnce else { return }
        let gone = await self.trimmed.gone(old, of: write.streams)
        guard gone.count >= Self.forgottenAtOnce else { return }
        let request = self.requests.forget(Array(gone.prefix(Self.forgottenLimit)), of: key)
        _ = try await self.send(request, write.meter)
    }

    // MARK: - Texts

    /// What a failed request means that is not repeated here.
    private func end(after error: DynamoDBError, _ entry: AggregateFold.Entry) -> AggregateEnd {
        // The client has repeated it already; the engine waits longer and shows it.
        if error.isTransient { return .retry(reason: error.description) }
        // A number that the service cannot hold, an attribute that is no number, an item that is too large.
        if error.code == .validation { return self.refused(entry, error.description) }
        return .stop(reason: "cannot add to \(self.requests.table): \(error)")
    }

    private func refused(_ entry: AggregateFold.Entry, _ reason: String) -> AggregateEnd {
        .failed(
            type: "AdditionRefused",
            message: "records \(entry.first) to \(entry.last) cannot be added to \(self.requests.table): \(reason)"
        )
    }

    private static func tooLong(_ place: SequenceNumber) -> String {
        "the sequence number \(place) has more digits than a number of DynamoDB (38), so what is counted cannot be kept "
            + "with the numbers"
    }
}
