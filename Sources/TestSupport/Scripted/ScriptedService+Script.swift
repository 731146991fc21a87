// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession
import Synchronization

extension ScriptedService {
    /// Adds an open shard; its number is its age.
    @discardableResult
    package func addShard(_ number: Int, parent: Int? = nil) -> ShardID {
        let id = Self.shard(number)
        self.state.withLock { state in
            state.nextSequence += 1
            let start = Self.sequence(state.nextSequence)
            let description = ShardDescription(
                id: id,
                parent: parent.map { Self.shard($0) },
                range: SequenceRange(start: start)
            )
            state.shards[id] = Shard(description: description)
        }
        return id
    }

    /// Writes an item into the staging table, and its record into a shard.
    ///
    /// - Returns: The record.
    @discardableResult
    package func write(
        _ key: String,
        to number: Int,
        kind: ChangeKind = .insert,
        imageBytes: Int = 20,
        createdAt: Timestamp? = nil
    ) -> StreamRecord {
        let now = self.clock.now
        return self.state.withLock { state in
            let createdAt = createdAt ?? now.advanced(by: state.manners.clockLead)
            state.nextSequence += 1
            let record = Self.record(
                key,
                kind: kind,
                sequence: state.nextSequence,
                event: state.nextEvent,
                imageBytes: imageBytes,
                createdAt: createdAt
            )
            state.nextEvent += 1
            state.shards[Self.shard(number)]?.records.append(record)
            if kind == .insert { state.items.insert(Self.key(key)) }
            return record
        }
    }

    /// Writes numbered items.
    @discardableResult
    package func write(_ keys: Range<Int>, to number: Int, kind: ChangeKind = .insert) -> [StreamRecord] {
        keys.map { self.write("k\($0)", to: number, kind: kind) }
    }

    /// Puts an item into the staging table without a record in the stream.
    package func put(_ key: String) {
        self.state.withLock { _ = $0.items.insert(Self.key(key)) }
    }

    /// Closes a shard, with or without children.
    package func close(_ number: Int, children: [Int] = []) {
        self.state.withLock { state in
            state.nextSequence += 1
            state.shards[Self.shard(number)]?.description.range.end = Self.sequence(state.nextSequence)
        }
        for child in children { self.addShard(child, parent: number) }
    }

    /// Switches the stream off, which closes all shards.
    package func disable() {
        self.state.withLock { state in
            state.status = .disabled
            for id in state.shards.keys where state.shards[id]?.description.isClosed == false {
                state.nextSequence += 1
                state.shards[id]?.description.range.end = Self.sequence(state.nextSequence)
            }
        }
    }

    /// Drops the oldest records of a shard.
    package func trim(_ number: Int, count: Int) {
        self.state.withLock { $0.shards[Self.shard(number)]?.trimmed += count }
    }

    /// Forgets a shard: it is no longer listed and cannot be read.
    package func forget(_ number: Int) {
        self.state.withLock { $0.shards[Self.shard(number)]?.isGone = true }
    }

    /// Makes the next reads of a shard return nothing although there is something.
    package func returnEmptyPages(_ count: Int, of number: Int) {
        self.state.withLock { $0.shards[Self.shard(number)]?.emptyPages += count }
    }

    /// Makes the next pages of a shard come twice.
    package func repeatPages(_ count: Int, of number: Int) {
        self.state.withLock { $0.shards[Self.shard(number)]?.repeatedPages += count }
    }

    /// Lets all iterators expire now.
    package func expireIterators() {
        self.state.withLock { $0.iteratorEpoch += 1 }
    }

    /// Makes the next calls fail, one with each error.
    package func fail(_ operation: Operation, of number: Int? = nil, with errors: [DynamoDBError]) {
        self.state.withLock { state in
            state.faults += errors.map {
                Fault(operation: operation, shard: number.map { Self.shard($0) }, error: $0)
            }
        }
    }

    /// Changes what the next complete list says, one list after the other.
    package func falsifyLists(_ changes: [@Sendable ([ShardDescription]) -> [ShardDescription]]) {
        self.state.withLock { $0.listings += changes }
    }

    /// Changes the manners.
    package func behave(_ change: (inout Manners) -> Void) {
        self.state.withLock { change(&$0.manners) }
    }

    /// The name of a shard.
    package static func shard(_ number: Int) -> ShardID {
        let digits = String(number)
        return ShardID("shardId-" + String(repeating: "0", count: 20 - digits.count) + digits + "-deadbeef")
    }

    /// A sequence number: shorter ones are smaller.
    package static func sequence(_ number: Int) -> SequenceNumber {
        guard let sequence = SequenceNumber(String(number)) else { preconditionFailure("\(number) is no number") }
        return sequence
    }

    /// A key of the staging table.
    package static func key(_ text: String) -> PrimaryKey {
        PrimaryKey(partition: .string(text))
    }

    /// A record.
    package static func record(
        _ key: String,
        kind: ChangeKind = .insert,
        sequence: Int,
        event: Int,
        imageBytes: Int = 20,
        createdAt: Timestamp = Timestamp(seconds: 1_700_000_000)
    ) -> StreamRecord {
        let keys = RawItem(unchecked: Array("{\"pk\":{\"S\":\"\(key)\"}}".utf8)[...])
        let value = String(repeating: "x", count: imageBytes)
        let image = RawItem(unchecked: Array("{\"pk\":{\"S\":\"\(key)\"},\"v\":{\"S\":\"\(value)\"}}".utf8)[...])
        return StreamRecord(
            eventID: EventID("event-\(event)"),
            kind: kind,
            keys: keys,
            oldImage: kind == .insert ? nil : image,
            newImage: kind == .remove ? nil : image,
            sequenceNumber: Self.sequence(sequence),
            createdAt: Timestamp(seconds: createdAt.milliseconds / 1000),
            size: ByteCount(keys.count + image.count)
        )
    }
}
