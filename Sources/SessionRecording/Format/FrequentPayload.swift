// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// The payloads of the kinds that a recording has most of, written without `JSONEncoder`, which takes much longer.
///
/// What `JSONEncoder` makes of the same values is read as the same: there are tests that compare both.
enum FrequentPayload {
    /// The payload of an event; nil for events that are rare, whose payload has to be encoded.
    static func bytes(_ kind: SessionEvent.Kind) -> [UInt8]? {
        var writer = JSONWriter(capacity: 320)
        writer.beginObject()
        switch kind {
        case .read(let read): Self.write(read, to: &writer)
        case .batchFormed(let batch): Self.write(batch, to: &writer)
        case .batchFinished(let outcome):
            guard outcome.result == .succeeded, Self.isFinite(outcome.work), Self.isFinite(outcome.untoldWork) else {
                return nil
            }
            Self.write(outcome, to: &writer)
        case .checkpoint(_, .sequenceNumber(let number)): Self.write(number, to: &writer)
        default: return nil
        }
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ read: ReadSummary, to writer: inout JSONWriter) {
        writer.name("shard")
        writer.string(read.shard.text)
        writer.name("records")
        writer.number(read.records)
        writer.name("filteredOut")
        writer.number(read.filteredOut)
        writer.name("size")
        writer.number(read.size.bytes)
        if let newest = read.newestCreatedAt {
            writer.name("newestCreatedAt")
            writer.number(text: String(newest.milliseconds))
        }
        writer.name("duration")
        writer.number(text: String(read.duration.wholeNanoseconds))
    }

    private static func write(_ batch: BatchDescription, to writer: inout JSONWriter) {
        writer.name("id")
        writer.number(text: String(batch.id.number))
        writer.name("shard")
        writer.string(batch.shard.text)
        writer.name("lane")
        writer.number(batch.lane)
        writer.name("firstReadAt")
        writer.number(text: String(batch.firstReadAt.milliseconds))
        writer.name("reason")
        writer.string(batch.reason.rawValue)
    }

    /// Leaves out what is the rule, as `BatchOutcome` does.
    private static func write(_ outcome: BatchOutcome, to writer: inout JSONWriter) {
        writer.name("id")
        writer.number(text: String(outcome.id.number))
        writer.name("shard")
        writer.string(outcome.shard.text)
        writer.name("records")
        writer.number(outcome.records)
        writer.name("attempts")
        writer.number(outcome.attempts)
        writer.name("handlerTime")
        writer.number(text: String(outcome.handlerTime.wholeNanoseconds))
        if outcome.work != HandlerWork() { Self.write("work", outcome.work, to: &writer) }
        if outcome.untoldWork != outcome.work { Self.write("untoldWork", outcome.untoldWork, to: &writer) }
        writer.name("iteratorAge")
        writer.number(text: String(outcome.iteratorAge.wholeNanoseconds))
        Self.write("discarded", outcome.discarded, unless: 0, to: &writer)
        Self.write("remaining", outcome.remaining, unless: outcome.records, to: &writer)
        Self.write("invoked", outcome.invoked, unless: outcome.records, to: &writer)
        Self.write("failedInvokes", outcome.failedInvokes, unless: 0, to: &writer)
    }

    private static func write(_ name: StaticString, _ work: HandlerWork, to writer: inout JSONWriter) {
        writer.name(name)
        writer.beginObject()
        if !work.requests.isEmpty {
            writer.name("requests")
            writer.beginObject()
            for (operation, count) in work.requests.sorted(by: { $0.key < $1.key }) {
                writer.name(operation)
                writer.number(count)
            }
            writer.endObject()
        }
        Self.write("itemsDeleted", work.itemsDeleted, unless: 0, to: &writer)
        Self.write("kept", work.kept, unless: 0, to: &writer)
        Self.write("singleRequests", work.singleRequests, unless: 0, to: &writer)
        Self.write("unprocessedItems", work.unprocessedItems, unless: 0, to: &writer)
        Self.write("throttles", work.throttles, unless: 0, to: &writer)
        Self.write("failedRequests", work.failedRequests, unless: 0, to: &writer)
        Self.write("repeatedKeys", work.repeatedKeys, unless: 0, to: &writer)
        if work.writeCapacityUnits != 0 {
            writer.name("writeCapacityUnits")
            if let whole = Int(exactly: work.writeCapacityUnits) {
                writer.number(whole)
            } else {
                writer.number(work.writeCapacityUnits)
            }
        }
        writer.endObject()
    }

    /// `{"position":{"sequenceNumber":{"_0":"…"}}}`, the form in which the compiler codes a case.
    private static func write(_ number: SequenceNumber, to writer: inout JSONWriter) {
        writer.name("position")
        writer.beginObject()
        writer.name("sequenceNumber")
        writer.beginObject()
        writer.name("_0")
        writer.string(number.text)
        writer.endObject()
        writer.endObject()
    }

    private static func write(_ name: StaticString, _ count: Int, unless rule: Int, to writer: inout JSONWriter) {
        guard count != rule else { return }
        writer.name(name)
        writer.number(count)
    }

    /// JSON has no other numbers, and `JSONEncoder` refuses them.
    private static func isFinite(_ work: HandlerWork) -> Bool {
        work.writeCapacityUnits.isFinite
    }
}
