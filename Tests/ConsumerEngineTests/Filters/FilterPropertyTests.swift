// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

/// What holds for any pattern and any record.
@Suite(.timeLimit(.minutes(2))) struct FilterPropertyTests {
    /// Bytes and whole documents are read by two readers that share nothing but the rules.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func bothWaysOfReadingARecordAgree(seed: UInt64) throws {
        var generator = FilterGenerator(seed: seed)
        var matches = 0
        var misses = 0
        for _ in 0..<150 {
            let patterns = (0..<generator.pick([1, 1, 2, 3])).map { _ in generator.pattern() }
            let criteria = try FilterCriteria(compiling: patterns)
            var filter = RecordFilter(criteria, streamARN: FilterSubject.streamARN)
            for _ in 0..<8 {
                let record = generator.record()
                let isMatch = filter.matches(record)
                let event = try FilterSubject.event(record)
                if criteria.matches(event) != isMatch { Issue.record("\(patterns) of \(event)") }
                if criteria.explain(event).isMatch != isMatch {
                    Issue.record("the explanation: \(patterns) of \(event)")
                }
                if isMatch { matches += 1 } else { misses += 1 }
            }
        }
        // Without both there is nothing to agree about.
        #expect(matches > 50 && misses > 50, "\(matches) matches, \(misses) misses")
    }

    /// Without lists, `$or` and names with points the rules are a few lines; here they are written down a second time.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func withoutListsARuleIsTheConjunctionOfItsLeaves(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        func pick(_ texts: [String]) -> String { texts[Int.random(in: 0..<texts.count, using: &generator)] }
        var matches = 0
        for _ in 0..<400 {
            var wanted: [(String, String)] = []
            var actual: [(String, String)] = []
            for name in ["a", "b", "c"] {
                if Bool.random(using: &generator) { wanted.append((name, pick(["x", "y", ""]))) }
                if Bool.random(using: &generator) { actual.append((name, pick(["x", "y"]))) }
            }
            guard !wanted.isEmpty else { continue }
            let leaves = wanted.map { name, text in
                #""\#(name)":{"S":[\#(text.isEmpty ? #"{"exists":false}"# : #""\#(text)""#)]}"#
            }
            let image = actual.map { #""\#($0)":{"S":"\#($1)"}"# }
            let expected = wanted.allSatisfy { name, text in
                let value = actual.first { $0.0 == name }?.1
                return text.isEmpty ? value == nil : value == text
            }
            let isMatch = try FilterSubject.matches(
                image: "{\(leaves.joined(separator: ","))}",
                "{\(image.joined(separator: ","))}"
            )
            #expect(isMatch == expected)
            if isMatch { matches += 1 }
        }
        #expect(matches > 20)
    }

    @Test func aFilterLooksAtNoImageThatItsPatternDoesNotName() throws {
        // Bytes that are no JSON would be let through, had they been looked at.
        let broken = "this is no JSON"
        for pattern in [
            #"{"eventName":["INSERT"]}"#, #"{"dynamodb":{"Keys":{"pk":{"S":["user#1"]}}}}"#,
            #"{"dynamodb":{"SizeBytes":[1],"NewImage":{"a":{"S":["x"]}}}}"#,
            #"{"eventName":["INSERT"],"dynamodb":{"OldImage":{"a":{"S":["x"]}}}}"#,
        ] {
            let record = FilterSubject.record(.modify, new: broken, old: broken)
            #expect(try !FilterSubject.matchesBytes(pattern, record), "\(pattern)")
        }
        let named = #"{"dynamodb":{"NewImage":{"a":{"S":["x"]}}}}"#
        #expect(try !FilterSubject.matchesBytes(named, FilterSubject.record(new: "{}", old: broken)))
        #expect(
            try FilterSubject.matchesBytes(named, FilterSubject.record(new: broken)),
            "what cannot be read is not lost"
        )
    }

    @Test func filteringDecodesNoImage() throws {
        let before = DecodedImageCounter.count
        let pattern = #"{"dynamodb":{"NewImage":{"a":{"S":["x"]}},"OldImage":{"b":{"N":["5"]}}}}"#
        for _ in 0..<100 {
            let record = FilterSubject.record(new: #"{"a":{"S":"x"}}"#, old: #"{"b":{"N":"5"}}"#)
            #expect(try FilterSubject.matchesBytes(pattern, record))
        }
        #expect(DecodedImageCounter.count == before)
    }
}
