// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// What is left out of a recording is nowhere in its file.
@Suite(.timeLimit(.minutes(2)))
struct RedactionTests {
    private static let secret = [UInt8](repeating: 7, count: 32)

    private static func redacted(_ record: StreamRecord, _ rule: RedactionRule) -> StreamRecord {
        RecordRedactor(rule: rule, secret: RedactionSecret(self.secret)).redacted(record)
    }

    private static func record(old: Item?, new: Item?, key: Item = ["pk": .string("k-1")]) throws -> StreamRecord {
        StreamRecord(
            eventID: EventID("e"),
            kind: .modify,
            keys: RawItem(key),
            oldImage: old.map { RawItem($0) },
            newImage: new.map { RawItem($0) },
            sequenceNumber: try #require(SequenceNumber("7")),
            createdAt: Timestamp(seconds: 1),
            size: ByteCount(99)
        )
    }

    /// A session whose every text of somebody is one word.
    private static func session(_ word: String, to path: String, redactor: SessionRedactor?) async throws {
        let clock = ManualClock()
        let hub = SessionHub(clock: clock)
        let recorder = try SessionRecorder(
            path: path,
            header: RecordingHeader(startedAt: clock.now, toolVersion: "test"),
            redactor: redactor
        )
        var description = SessionScript.description
        description.profile = "profile-\(word)"
        description.endpoint = "http://\(word):8000"
        description.handler = "command ./\(word)"
        description.mapping.filters = [#"{"dynamodb":{"Keys":{"pk":{"S":["\#(word)"]}}}}"#]
        let item: Item = [
            "pk": .string("key-\(word)"), "name": .string("name-\(word)"), "n": .number(DecimalNumber(7_654_321)),
            "b": .binary(Array("bin-\(word)".utf8)), "set": .stringSet(["a-\(word)", "b-\(word)"]),
            "deep": .map(["list": .list([.string("deep-\(word)")])]), "at\(word)": .bool(true),
        ]
        let batch = BatchDescription(
            id: BatchID(1),
            shard: ShardID("shard"),
            records: [try Self.record(old: item, new: item, key: ["pk": .string("key-\(word)")])],
            firstReadAt: clock.now,
            reason: .full
        )
        var frames = hub.frames(bufferLimit: 1000).makeAsyncIterator()
        hub.publish(.started(description))
        hub.publish(
            .shardListed(
                ShardDescription(
                    id: batch.shard,
                    parent: nil,
                    range: SequenceRange(start: batch.records[0].sequenceNumber, end: nil)
                )
            )
        )
        hub.publish(.shardChanged(batch.shard, .backingOff(reason: "why-\(word)", until: clock.now)))
        hub.publish(.batchFormed(batch))
        hub.publish(
            .batchRetried(
                BatchRetry(id: batch.id, shard: batch.shard, attempt: 1, reason: "why-\(word)", delay: .zero)
            )
        )
        hub.publish(.notice(Notice(level: .error, shard: batch.shard, code: "code", message: "said-\(word)")))
        hub.publish(
            .callFailed(
                CallFailure(
                    shard: batch.shard,
                    operation: "GetRecords",
                    code: "code",
                    message: "call-\(word)",
                    isThrottling: false
                )
            )
        )
        hub.publish(.paced(WritePace(limit: 1, maximum: 2, change: .slowed, reason: "pace-\(word)")))
        hub.publish(.dataLost(DataLoss(shard: batch.shard, after: nil, reason: "lost-\(word)")))
        hub.publish(
            .discarded(
                RecordDiscard(
                    id: batch.id,
                    shard: batch.shard,
                    condition: .retryAttemptsExhausted,
                    records: 1,
                    first: batch.records[0].sequenceNumber,
                    last: batch.records[0].sequenceNumber,
                    invokeCount: 1,
                    reason: "give-\(word)",
                    message: .dropped(reason: "drop-\(word)")
                )
            )
        )
        hub.publish(
            .batchFinished(
                BatchOutcome(
                    id: batch.id,
                    shard: batch.shard,
                    records: 1,
                    result: .abandoned(reason: "aban-\(word)"),
                    attempts: 1,
                    handlerTime: .zero,
                    work: HandlerWork(),
                    iteratorAge: .zero
                )
            )
        )
        hub.publish(.marker("mark-\(word)"))
        hub.publish(.shardChanged(batch.shard, .stopped(reason: "stop-\(word)")))
        hub.publish(.ended("end-\(word)"))
        hub.finish()
        // What comes first is a state in which all of that is, and then all of it again.
        await recorder.take(.keyframe(hub.state))
        while let frame = await frames.next() {
            if case .event(var event) = frame {
                event.sequence += hub.state.lastSequence
                await recorder.take(.event(event))
            }
        }
        await recorder.take(
            .keyframe(
                {
                    var state = hub.state
                    state.lastSequence = 5000
                    return state
                }()
            )
        )
        await recorder.finish()
        #expect(await recorder.progress.failure == nil)
    }

    @Test(arguments: [RedactionRule.all, .values, .attributes(["*"])])
    func nothingThatIsLeftOutIsInTheFile(rule: RedactionRule) async throws {
        let folder = try TemporaryFolder()
        let plain = "\(folder.path)/plain.weir"
        try await Self.session("geheim", to: plain, redactor: nil)
        // The search finds what is there.
        let before = try FileBytes(plain)
        for word in [
            "key-geheim", "deep-geheim", "said-geheim", "mark-geheim", "profile-geheim", "7654321", "atgeheim",
        ] {
            #expect(before.contains(word), "\(word)")
        }
        let recorded = "\(folder.path)/recorded.weir"
        try await Self.session("geheim", to: recorded, redactor: SessionRedactor(rule, secret: Self.secret))
        let rewritten = "\(folder.path)/rewritten.weir"
        var rewrite = RecordingRewrite(try RecordingReader(path: plain), toolVersion: "test")
        rewrite.redactor = SessionRedactor(rule, secret: Self.secret)
        _ = try await rewrite.write(to: rewritten)
        for path in [recorded, rewritten] {
            let bytes = try FileBytes(path)
            for word in [
                "key-geheim", "name-geheim", "7654321", "deep-geheim", "a-geheim", "why-geheim", "said-geheim",
                "pace-geheim", "lost-geheim", "give-geheim", "drop-geheim", "aban-geheim", "stop-geheim", "end-geheim",
                Data("bin-geheim".utf8).base64EncodedString(), "[\\\"geheim", "[\"geheim",
            ] {
                #expect(!bytes.contains(word), "\(word) in \(path)")
            }
            if rule == .all { #expect(!bytes.contains("geheim"), "\(path)") }
            if rule == .all { #expect(!bytes.contains("123456789012"), "\(path)") }
            let reader = try RecordingReader(path: path)
            #expect(reader.header.redaction == rule.redaction)
            #expect(try reader.verify().isWhole)
        }
    }

    @Test func shapesStayAndWhatChangedStillDiffers() throws {
        let old: Item = [
            "pk": .string("k-1"), "s": .string("grün"), "n": .number(DecimalNumber(5)), "same": .string("abc"),
            "set": .stringSet(["a", "b"]), "m": .map(["x": .list([.bool(false), .null])]), "b": .binary([1, 2, 3]),
        ]
        var new = old
        new["s"] = .string("blau!")
        new["m"] = .map(["x": .list([.bool(true), .null])])
        let record = Self.redacted(try Self.record(old: old, new: new), .values)
        let before = try #require(try record.oldImage?.decoded())
        let after = try #require(try record.newImage?.decoded())
        #expect(before["s"] == .string("xxxxx") && after["s"] == .string("yyyyy"))
        #expect(before["same"] == .string("xxx") && after["same"] == .string("xxx"))
        #expect(before["n"] == .number(DecimalNumber(0)) && after["n"] == .number(DecimalNumber(0)))
        #expect(after["set"] == .stringSet(["x0", "x1"]) && after["b"] == .binary([0, 0, 0]))
        #expect(after["m"] == .map(["x": .list([.bool(true), .null])]))
        #expect(record.size == ByteCount(99) && record.eventID == EventID("e"))
    }

    @Test func theSameKeyHasTheSameNameAndAnotherSecretGivesAnother() throws {
        let first = Self.redacted(try Self.record(old: nil, new: ["pk": .string("k-1")]), .values)
        let second = Self.redacted(try Self.record(old: nil, new: nil), .values)
        let other = Self.redacted(try Self.record(old: nil, new: nil, key: ["pk": .string("k-2")]), .values)
        #expect(first.keys == second.keys && first.keys != other.keys)
        #expect(try first.newImage?.decoded()["pk"] == first.keys.decoded()["pk"])
        let stranger = RecordRedactor(rule: .values, secret: RedactionSecret([1])).redacted(
            try Self.record(old: nil, new: nil)
        )
        #expect(stranger.keys != first.keys)
    }

    @Test func onlyAttributesThatAreNamedAreLeftOutAtAnyDepth() throws {
        let new: Item = [
            "pk": .string("k-1"), "Email": .string("a@b"), "total": .number(DecimalNumber(5)),
            "place": .map(["addressLine": .string("x 1"), "city": .string("Ulm")]),
            "people": .list([.map(["email": .string("c@d"), "id": .string("7")])]),
        ]
        let rule = try #require(RedactionRule("email,address*"))
        let record = Self.redacted(try Self.record(old: nil, new: new), rule)
        let after = try #require(try record.newImage?.decoded())
        #expect(
            after == [
                "pk": .string("k-1"), "Email": .string("xxx"), "total": .number(DecimalNumber(5)),
                "place": .map(["addressLine": .string("xxx"), "city": .string("Ulm")]),
                "people": .list([.map(["email": .string("xxx"), "id": .string("7")])]),
            ]
        )
        #expect(try record.keys.decoded() == ["pk": .string("k-1")])
    }

    @Test func withAllNamesAreLeftOutTheSameWayEverywhere() throws {
        let record = Self.redacted(
            try Self.record(old: nil, new: ["pk": .string("k-1"), "m": .map(["inner": .string("v")])]),
            .all
        )
        let name = try #require(try record.keys.decoded().keys.first)
        let after = try #require(try record.newImage?.decoded())
        #expect(name.count == 16 && after[name] != nil && after["pk"] == nil && after["m"] == nil)
        let image = String(decoding: try #require(record.newImage).bytes, as: UTF8.self)
        #expect(!image.contains("inner"))
    }

    @Test(arguments: [
        ("all", RedactionRule.all), ("values", .values), ("a", .attributes(["a"])), ("a,b*", .attributes(["a", "b*"])),
    ])
    func aRuleIsReadAsItIsWritten(text: String, rule: RedactionRule) {
        #expect(RedactionRule(text) == rule)
    }

    @Test(arguments: ["", "a,", ",a", "a,,b"])
    func anEmptyNameIsNoRule(text: String) {
        #expect(RedactionRule(text) == nil)
    }

    @Test(arguments: [
        ("email", "email", true), ("EMAIL", "email", true), ("emails", "email", false), ("emails", "email*", true),
        ("workEmail", "*email", true), ("a-b-c", "a*b*c", true), ("ab", "a*b", true), ("ba", "a*b", false),
        ("", "*", true),
        (String(repeating: "a", count: 5000), "\(String(repeating: "a*", count: 50))b", false),
    ])
    func aStarStandsForAnyCharacters(name: String, pattern: String, isCovered: Bool) {
        #expect(RedactionRule.attributes([pattern]).covers(name) == isCovered)
    }
}
