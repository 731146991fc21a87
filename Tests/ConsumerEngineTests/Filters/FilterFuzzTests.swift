// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

/// No text ends the program, and what compiles can be asked of anything.
@Suite(.timeLimit(.minutes(2))) struct FilterFuzzTests {
    private static let pieces = [
        "{", "}", "[", "]", ":", ",", #""a""#, #""$or""#, #""exists""#, "true", "false", "null", "5", "-1e9",
        #""prefix""#,
        #""numeric""#, #"">""#, #""anything-but""#, #""wildcard""#, #""*""#, #""cidr""#, #""10.0.0.0/8""#, #""a.b""#,
        " ",
        #""\u00e4""#, #""."#, "\\", #"{"a":["x"]}"#, #"[{"exists":false}]"#, #"{"dynamodb":{"NewImage":"#,
    ]

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func textsOfPiecesNeverEndTheProgram(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var subjects = FilterGenerator(seed: seed)
        for _ in 0..<1500 {
            let count = Int.random(in: 1...14, using: &random)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            try Self.ask(text, &subjects)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func changedPatternsNeverEndTheProgram(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var subjects = FilterGenerator(seed: seed &+ 100)
        var compiled = 0
        for _ in 0..<1000 {
            var bytes = Array(subjects.pattern().utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
                }
                if bytes.isEmpty { bytes = [0x7B] }
            }
            if try Self.ask(String(decoding: bytes, as: UTF8.self), &subjects) { compiled += 1 }
        }
        #expect(compiled > 50, "mutations should leave some patterns valid, not \(compiled)")
    }

    /// Compiles a text; if it is a pattern, asks it of records and documents.
    @discardableResult
    private static func ask(_ text: String, _ subjects: inout FilterGenerator) throws -> Bool {
        let pattern: EventPattern
        do throws(EventPatternError) {
            pattern = try EventPattern(text)
        } catch {
            #expect(!error.reason.isEmpty)
            #expect((error.offset ?? 0) <= text.unicodeScalars.count)
            return false
        }
        let criteria = try FilterCriteria([pattern])
        var filter = RecordFilter(criteria, streamARN: FilterSubject.streamARN)
        for _ in 0..<3 {
            let record = subjects.record()
            let event = try FilterSubject.event(record)
            let byBytes = filter.matches(record)
            #expect(criteria.matches(event) == byBytes, "\(text)")
            #expect(criteria.explain(event).isMatch == criteria.matches(event), "\(text)")
        }
        for event in [JSONValue.null, .array([]), .object([]), .string("x")] {
            #expect(criteria.explain(event).isMatch == criteria.matches(event))
        }
        return true
    }

    @Test func recordsOfRandomBytesNeverEndTheProgram() throws {
        var random = SplitMix64(seed: 5)
        var subjects = FilterGenerator(seed: 5)
        let pattern = #"{"dynamodb":{"NewImage":{"a":{"S":["x"]},"a.b":{"L":{"M":{"c":{"N":[{"exists":false}]}}}}}}}"#
        var filter = RecordFilter(try FilterCriteria(compiling: [pattern]), streamARN: FilterSubject.streamARN)
        for _ in 0..<3000 {
            var bytes = Array(subjects.record().newImage?.bytes ?? [])
            guard !bytes.isEmpty else { continue }
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            var record = FilterSubject.record()
            record.newImage = RawItem(unchecked: bytes[...])
            _ = filter.matches(record)
        }
    }
}
