// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A batch, added up for each item of the aggregate that it changes.
///
/// Each item keeps what every single record adds, in order, so that what it has already can be left out later.
struct AggregateFold: Sendable {
    /// What one record adds to an item.
    struct Step: Sendable {
        var place: SequenceNumber
        var deltas: [DecimalDigits]
    }

    /// What the batch adds to an item, in the order of the records; never without a step.
    struct Entry: Sendable {
        /// The item's key.
        var key: String
        private(set) var steps: [Step]

        /// The first record's place.
        var first: SequenceNumber { self.steps[0].place }
        /// The last record's place.
        var last: SequenceNumber { self.steps[self.steps.count - 1].place }

        fileprivate init(key: String, _ step: Step) {
            self.key = key
            self.steps = [step]
        }

        fileprivate mutating func append(_ step: Step) {
            self.steps.append(step)
        }

        /// What is left of it behind a place; nil: nothing.
        func after(_ place: SequenceNumber) -> Entry? {
            var rest = self
            rest.steps.removeAll { $0.place <= place }
            return rest.steps.isEmpty ? nil : rest
        }

        /// The sums, exact whatever comes in between.
        ///
        /// - Throws: Why DynamoDB cannot hold one.
        func sums() throws(DecimalNumber.Refusal) -> [DecimalNumber] {
            var sums = self.steps[0].deltas
            for step in self.steps.dropFirst() {
                for (index, delta) in step.deltas.enumerated() { sums[index] = sums[index].adding(delta) }
            }
            var numbers: [DecimalNumber] = []
            for sum in sums { numbers.append(try DecimalNumber(sum)) }
            return numbers
        }
    }

    /// The items, in the order of their first record.
    private(set) var entries: [Entry] = []
    /// Records that came a second time within the batch and are left out.
    private(set) var repeated = 0

    /// Adds a batch up.
    ///
    /// - Parameters:
    ///   - records: The records of a shard. Their places grow; what does not is there already.
    ///   - shard: The shard.
    ///   - definition: What is added up.
    /// - Throws: Which record cannot be read, and why.
    init(
        _ records: [StreamRecord],
        of shard: ShardID,
        _ definition: AggregateDefinition
    ) throws(RecordChange.Unreadable) {
        let part = AggregateKey.part(for: shard, of: definition.writeShards)
        var places: [AttributeValue: Int] = [:]
        var last: SequenceNumber?
        for record in records {
            if let last, record.sequenceNumber <= last {
                self.repeated += 1
                continue
            }
            last = record.sequenceNumber
            for change in try RecordChange(record, definition).parts {
                let step = Step(place: record.sequenceNumber, deltas: change.deltas)
                if let place = places[change.group] {
                    self.entries[place].append(step)
                } else if case .string(let group) = change.group {
                    places[change.group] = self.entries.count
                    let key = AggregateKey.text(group: group, part: part, of: definition.writeShards)
                    self.entries.append(Entry(key: key, step))
                }
            }
        }
    }
}
