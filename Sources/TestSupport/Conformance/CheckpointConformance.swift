// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
import DynamoDBModel
import StreamSession

/// What the engine relies on in every checkpoint store.
package enum CheckpointConformance {
    /// A rule that a store broke.
    package struct Failure: Error, CustomStringConvertible {
        /// What happened instead.
        package var description: String
    }

    /// A rule and how to check it on an empty store.
    package struct Rule: Sendable, CustomStringConvertible {
        /// The rule.
        package var name: String
        /// Throws if the store breaks it.
        package var check: @Sendable (any CheckpointStore) async throws -> Void
        /// The rule.
        package var description: String { self.name }
    }

    private static let shard = ShardID("shardId-00000000000000000001-deadbeef")
    private static let other = ShardID("shardId-00000000000000000002-deadbeef")

    private static let oldest = CheckpointPosition.trimHorizon(
        quietUntil: Timestamp(milliseconds: 1_795_250_598_035)
    )

    /// The rules.
    package static let rules: [Rule] = [
        Rule(name: "a new store is empty") { store in
            try await Self.expect(store.positions().isEmpty, "it has positions")
        },
        Rule(name: "a shard that was taken for the first time is stored where it begins") { store in
            let beginnings: [CheckpointPosition] = [
                Self.oldest,
                .startedAt(
                    StartMoment(Timestamp(milliseconds: 1), by: .service),
                    quietUntil: Timestamp(milliseconds: 2)
                ),
                try Self.first("3"),
                try Self.position("3"),
            ]
            for (number, beginning) in beginnings.enumerated() {
                let shard = ShardID("shard-\(number)")
                let lease = try await store.acquire(shard, owner: "first", beginning: beginning)
                try Self.expect(lease?.position == beginning, "the position is \(String(describing: lease?.position))")
                try await Self.expect(store.positions()[shard] == beginning, "\(beginning) is not stored")
            }
        },
        Rule(name: "a shard that was taken before stays where it is") { store in
            let first = try await Self.acquire(store)
            for position in [Self.oldest, try Self.first("3"), try Self.position("3"), .shardEnd] {
                try await store.advance(first, to: position)
                let lease = try await store.acquire(Self.other, owner: "first", beginning: position)
                try Self.expect(lease != nil, "another shard was refused")
                let again = try await store.acquire(Self.other, owner: "first", beginning: try Self.position("9"))
                try Self.expect(
                    again?.position == lease?.position,
                    "it moved to \(String(describing: again?.position))"
                )
            }
        },
        Rule(name: "a position comes back as it was stored") { store in
            let lease = try await Self.acquire(store)
            // Leading zeros, and more digits than a machine word has.
            for digits in ["007", "100000000000000000000000000000000000001"] {
                let position = try Self.position(digits)
                try await store.advance(lease, to: position)
                try await Self.expect(store.positions() == [Self.shard: position], "\(digits) did not come back")
                guard case .sequenceNumber(let number)? = try await store.positions()[Self.shard] else {
                    throw Failure(description: "no number")
                }
                try Self.expect(number.text == digits, "\(number.text) came back for \(digits)")
            }
        },
        Rule(name: "a beginning comes back, and is before everything else") { store in
            let lease = try await Self.acquire(store)
            let time = Timestamp(milliseconds: 1_795_250_598_035)
            let beginnings: [CheckpointPosition] = [
                Self.oldest, .startedAt(StartMoment(time, by: .consumer), quietUntil: time),
                .startedAt(StartMoment(time, by: .service), quietUntil: time.advanced(by: .seconds(5))),
            ]
            for began in beginnings {
                try await store.advance(lease, to: began)
                try await Self.expect(store.positions() == [Self.shard: began], "\(began) did not come back")
            }
            try await store.advance(lease, to: Self.position("1"))
            for began in beginnings {
                try await Self.expectRefusal(.backwards) { try await store.advance(lease, to: began) }
            }
        },
        Rule(name: "a first record is before that record, and what was trimmed is behind it") { store in
            let lease = try await Self.acquire(store)
            let order = [
                try Self.first("10"), try Self.position("10"), try Self.trimmed("10"), try Self.first("11"),
                try Self.position("11"), try Self.trimmed("11"),
            ]
            for position in order {
                try await store.advance(lease, to: position)
                try await Self.expect(store.positions() == [Self.shard: position], "\(position) did not come back")
            }
            for position in [Self.oldest] + order.dropLast() {
                try await Self.expectRefusal(.backwards) { try await store.advance(lease, to: position) }
            }
            let later = try Self.trimmed("11", until: 9)
            try await store.advance(lease, to: later)
            try await Self.expect(store.positions() == [Self.shard: later], "its time did not move")
        },
        Rule(name: "a quiet beginning stays where it is, with a later time") { store in
            let lease = try await Self.acquire(store)
            let later = CheckpointPosition.trimHorizon(quietUntil: Timestamp(milliseconds: 1_795_250_599_000))
            try await store.advance(lease, to: later)
            try await Self.expect(store.positions() == [Self.shard: later], "its time did not move")
        },
        Rule(name: "positions are compared as numbers") { store in
            let lease = try await Self.acquire(store)
            try await store.advance(lease, to: Self.position("9"))
            try await store.advance(lease, to: Self.position("10"))
            try await Self.expect(store.positions() == [Self.shard: Self.position("10")], "10 was not stored")
        },
        Rule(name: "a position may be stored again") { store in
            let lease = try await Self.acquire(store)
            for position in [try Self.position("5"), .shardEnd] {
                try await store.advance(lease, to: position)
                try await store.advance(lease, to: position)
            }
        },
        Rule(name: "a position never moves back") { store in
            let lease = try await Self.acquire(store)
            try await store.advance(lease, to: Self.position("10"))
            try await Self.expectRefusal(.backwards) { try await store.advance(lease, to: Self.position("9")) }
            try await store.advance(lease, to: .shardEnd)
            try await Self.expectRefusal(.backwards) { try await store.advance(lease, to: Self.position("11")) }
            try await Self.expect(store.positions() == [Self.shard: .shardEnd], "a refused position was stored")
        },
        Rule(name: "a shard has one owner") { store in
            _ = try await Self.acquire(store)
            try await Self.expect(
                store.acquire(Self.shard, owner: "second", beginning: Self.oldest) == nil,
                "it has two"
            )
            try await Self.expect(
                store.acquire(Self.other, owner: "second", beginning: Self.oldest) != nil,
                "another shard was refused"
            )
        },
        Rule(name: "who takes a shard again has a new term, and the old lease is worth nothing") { store in
            let old = try await Self.acquire(store)
            let new = try await Self.acquire(store)
            try Self.expect(new.term > old.term, "term \(new.term) after \(old.term)")
            try await Self.expectRefusal(.leaseLost) { try await store.advance(old, to: Self.position("1")) }
            try await store.advance(new, to: Self.position("1"))
        },
        Rule(name: "a shard that was given back can be taken with its position") { store in
            let first = try await Self.acquire(store)
            try await store.advance(first, to: Self.position("3"))
            try await store.release(first)
            let second = try await store.acquire(Self.shard, owner: "second", beginning: Self.oldest)
            try Self.expect(second?.position == Self.position("3"), "the position is lost")
            try await Self.expectRefusal(.leaseLost) { try await store.advance(first, to: Self.position("4")) }
        },
        Rule(name: "giving back a lost lease changes nothing") { store in
            let old = try await Self.acquire(store)
            let new = try await Self.acquire(store)
            try await store.release(old)
            try await store.advance(new, to: Self.position("1"))
        },
        Rule(name: "many shards move at once") { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let shard = ShardID("shard-\(number)")
                        guard let lease = try await store.acquire(shard, owner: "first", beginning: Self.oldest) else {
                            throw Failure(description: "\(shard) was refused")
                        }
                        for step in 1...20 { try await store.advance(lease, to: Self.position("\(step)")) }
                    }
                }
                try await group.waitForAll()
            }
            let positions = try await store.positions()
            let last = try Self.position("20")
            try Self.expect(positions.count == 20 && positions.values.allSatisfy { $0 == last }, "\(positions)")
        },
    ]

    private static func acquire(_ store: any CheckpointStore) async throws -> Lease {
        guard let lease = try await store.acquire(self.shard, owner: "first", beginning: Self.oldest) else {
            throw Failure(description: "the shard was refused")
        }
        return lease
    }

    private static func position(_ digits: String) throws -> CheckpointPosition {
        .sequenceNumber(try Self.number(digits))
    }

    private static func first(_ digits: String) throws -> CheckpointPosition {
        .before(try Self.number(digits))
    }

    private static func trimmed(_ digits: String, until time: Int64 = 1) throws -> CheckpointPosition {
        .trimmed(try Self.number(digits), quietUntil: Timestamp(milliseconds: time))
    }

    private static func number(_ digits: String) throws -> SequenceNumber {
        guard let number = SequenceNumber(digits) else { throw Failure(description: "\(digits) is no number") }
        return number
    }

    private static func expect(_ isSo: Bool, _ otherwise: String) throws {
        guard isSo else { throw Failure(description: otherwise) }
    }

    private static func expectRefusal(
        _ code: CheckpointError.Code,
        _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch let error as CheckpointError where error.code == code {
            return
        }
        throw Failure(description: "it was not refused with \(code)")
    }
}
