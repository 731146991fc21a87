// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

/// Asks filters in both ways that there are: of a record's bytes, and of the whole document.
enum FilterSubject {
    static let streamARN = ScriptedService.streamARN

    /// A change with images given as DynamoDB JSON.
    static func record(
        _ kind: ChangeKind = .modify,
        keys: String = #"{"pk":{"S":"order#1"}}"#,
        new: String? = nil,
        old: String? = nil,
        isTimeToLive: Bool = false
    ) -> StreamRecord {
        StreamRecord(
            eventID: EventID("c4ca4238a0b923820dcc509a6f75849b"),
            kind: kind,
            keys: RawItem(unchecked: Array(keys.utf8)[...]),
            oldImage: old.map { RawItem(unchecked: Array($0.utf8)[...]) },
            newImage: new.map { RawItem(unchecked: Array($0.utf8)[...]) },
            sequenceNumber: SequenceNumber("100000000000000000001") ?? Self.unreachable(),
            createdAt: Timestamp(seconds: 1_664_559_083),
            size: ByteCount(26),
            isTimeToLive: isTimeToLive
        )
    }

    private static func unreachable() -> SequenceNumber { preconditionFailure("twenty-one digits are a number") }

    /// The record as a function gets it.
    static func event(_ record: StreamRecord) throws -> JSONValue {
        try JSONValue(parsing: record.lambdaEvent(streamARN: Self.streamARN))
    }

    /// Whether a record matches one of the patterns; both ways have to agree.
    static func matches(
        _ patterns: [String],
        _ record: StreamRecord,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Bool {
        let criteria = try FilterCriteria(compiling: patterns)
        var filter = RecordFilter(criteria, streamARN: Self.streamARN)
        let byBytes = filter.matches(record)
        let event = try Self.event(record)
        #expect(criteria.matches(event) == byBytes, "the two ways differ: \(patterns)", sourceLocation: sourceLocation)
        #expect(
            criteria.explain(event).isMatch == byBytes,
            "the explanation differs: \(patterns)",
            sourceLocation: sourceLocation
        )
        return byBytes
    }

    /// Whether a change with this new image matches a pattern for new images.
    static func matches(
        image pattern: String,
        _ image: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Bool {
        try Self.matches(
            [#"{"dynamodb":{"NewImage":\#(pattern)}}"#],
            Self.record(new: image),
            sourceLocation: sourceLocation
        )
    }

    /// Whether a record's bytes match; they may be anything.
    static func matchesBytes(_ pattern: String, _ record: StreamRecord) throws -> Bool {
        var filter = RecordFilter(try FilterCriteria(compiling: [pattern]), streamARN: Self.streamARN)
        return filter.matches(record)
    }

    /// Whether a whole document, of any shape, matches.
    static func matches(_ pattern: String, event: String) throws -> Bool {
        try FilterCriteria(compiling: [pattern]).matches(JSONValue(parsing: event.utf8))
    }
}
