// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

/// What the answer of a function means: every row of the table of partial batch responses.
@Suite struct ResponseReadingTests {
    private let records = (8...12).map { ScriptedService.record("k\($0)", sequence: $0, event: $0) }

    private func read(
        _ body: String,
        reports: Bool = true,
        needsState: Bool = false,
        error: String? = nil,
        status: Int = 200
    ) -> ResponseReading {
        ResponseReading(
            FunctionResponse(statusCode: status, functionError: error, body: Array(body.utf8)),
            to: self.records,
            reportsItemFailures: reports,
            needsState: needsState
        )
    }

    private func isFailure(_ reading: ResponseReading) -> Bool {
        if case .failed = reading.result { true } else { false }
    }

    @Test(arguments: [
        (
            #"{"errorType":"Runtime.ExitError","errorMessage":"exit status 3\nno disk"}"#,
            "Runtime.ExitError: exit status 3 | no disk"
        ),
        (#"{"errorMessage":"only this","stackTrace":[]}"#, "only this"),
        ("Task timed out after 3.00 seconds", "Task timed out after 3.00 seconds"),
        (#"{"errorMessage":"","errorType":""}"#, #"{"errorMessage":"","errorType":""}"#),
        ("[]", "[]"), ("", "Unhandled"), (" \n", " "),
    ])
    func aFailureIsToldInTheWordsOfTheHandler(body: String, words: String) {
        guard case .failed(let reason, _) = self.read(body, error: "Unhandled").result else {
            Issue.record("it did not fail")
            return
        }
        #expect(reason == "the handler failed: \(words)")
    }

    @Test func aLongErrorIsCut() {
        let body = #"{"errorMessage":"\#(String(repeating: "x", count: 100_000))"}"#
        guard case .failed(let reason, _) = self.read(body, error: "Unhandled").result else {
            Issue.record("it did not fail")
            return
        }
        #expect(reason.count < 1100)
        #expect(reason.hasSuffix("x…"))
    }

    @Test(arguments: [
        "", " \n", "\"\"", "null", "{}", "[]", #"{"batchItemFailures":[]}"#, #"{"batchItemFailures":null}"#,
        #" { "batchItemFailures" : [ ] } "#, #"{"other":1}"#,
    ])
    func nothingFailed(_ body: String) {
        #expect(self.read(body).result == .succeeded)
    }

    @Test(arguments: [
        #"{"batchItemFailures":[{"itemIdentifier":""}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":null}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"99"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"010"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":" 10"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":10}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":["10"]}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":true}]}"#,
        #"{"batchItemFailures":[{"itemidentifier":"10"}]}"#,
        #"{"batchItemFailures":[{"item_identifier":"10"}]}"#,
        #"{"batchItemFailures":[{}]}"#,
        #"{"batchItemFailures":["10"]}"#,
        #"{"batchItemFailures":[null]}"#,
        #"{"batchItemFailures":[10]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"10"},{"itemIdentifier":"99"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"99"},{"itemIdentifier":"10"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"10"},{"itemIdentifier":null}]}"#,
        #"{"batchItemFailures":{"itemIdentifier":"10"}}"#,
        #"{"batchItemFailures":"10"}"#,
        #"{"batchItemFailures":10}"#,
        #"{"batchItemFailures":[],"batchItemFailures":[{"itemIdentifier":"10"}]}"#,
        #"{"batchItemFailures":[{"itemIdentifier":"10"}]"#,
        #"{"batchItemFailures":[]} x"#,
        #"[{"itemIdentifier":"10"}]"#,
        "\"ok\"", "ok", "0", "false", "true", "{", "'{}'",
    ])
    func anythingElseIsACompleteFailure(_ body: String) {
        #expect(self.isFailure(self.read(body)), "\(body)")
    }

    @Test func bytesThatAreNoTextAreAFailure() {
        let response = FunctionResponse(body: [0x22, 0xFF, 0x22])
        let reading = ResponseReading(response, to: self.records, reportsItemFailures: true, needsState: false)
        #expect(self.isFailure(reading))
    }

    @Test func theRestBeginsAtTheLowestNumberNotAtTheLowestText() {
        // As text, 10 is before 9.
        let body = #"{"batchItemFailures":[{"itemIdentifier":"12"},{"itemIdentifier":"10"},{"itemIdentifier":"9"}]}"#
        guard case .failedFrom(1, _) = self.read(body).result else {
            Issue.record("\(self.read(body))")
            return
        }
    }

    @Test func theSameRecordNamedTwiceIsNamedOnce() {
        let body = #"{"batchItemFailures":[{"itemIdentifier":"11"},{"itemIdentifier":"11","why":[1]}]}"#
        guard case .failedFrom(3, _) = self.read(body).result else {
            Issue.record("\(self.read(body))")
            return
        }
    }

    @Test func namingTheFirstRecordMeansThatNothingIsDone() {
        let body = #"{"batchItemFailures":[{"itemIdentifier":"8"},{"itemIdentifier":"12"}]}"#
        let reading = self.read(body)
        #expect(self.isFailure(reading))
        // The function returned: the message to the failure destination says so.
        guard case .failed(_, let response?) = reading.result else { return #expect(Bool(false)) }
        #expect(response.functionError == nil)
    }

    @Test(arguments: ["", "ok", #"{"batchItemFailures":[{"itemIdentifier":"10"}]}"#, "{"])
    func withTheFeatureOffTheBodyIsNotLookedAt(_ body: String) {
        #expect(self.read(body, reports: false).result == .succeeded)
    }

    @Test(arguments: [true, false])
    func aFunctionErrorIsACompleteFailureWhateverTheBodySays(_ reports: Bool) {
        #expect(self.isFailure(self.read("{}", reports: reports, error: "Unhandled")))
        #expect(self.isFailure(self.read("{}", reports: reports, error: "Handled")))
        #expect(self.isFailure(self.read("{}", reports: reports, status: 500)))
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"state":null}"#, #"{"State":{}}"#, "ok", #"{"state":[1]}"#, #"{"state":1}"#,
        #"{"state":"x"}"#, #"{"state":true}"#,
    ])
    func inAWindowAResponseWithoutStateIsAFailure(_ body: String) {
        #expect(self.isFailure(self.read(body, reports: false, needsState: true)))
    }

    @Test func theStateOfAWindowIsKeptAsItIs() {
        let reading = self.read(#"{ "state" : {"b":1.50, "a":["\u00e9"]}, "x":1}"#, needsState: true)
        #expect(reading.result == .succeeded)
        #expect(reading.state.map { String(decoding: $0, as: UTF8.self) } == "{\"b\":1.50,\"a\":[\"\u{e9}\"]}")
    }

    @Test func aWindowMayReportFailedRecordsToo() {
        let body = #"{"state":{"n":2},"batchItemFailures":[{"itemIdentifier":"10"}]}"#
        let reading = self.read(body, needsState: true)
        guard case .failedFrom(2, _) = reading.result else { return #expect(Bool(false)) }
        #expect(reading.state == Array(#"{"n":2}"#.utf8))
        #expect(self.read(body, reports: false, needsState: true).result == .succeeded)
    }

    /// Whatever the bytes are, the reading says so and never takes for done what was named.
    @Test func noBytesAreReadAsMoreThanTheySay() {
        let seeds = [
            #"{"batchItemFailures":[{"itemIdentifier":"10"}]}"#, #"{"batchItemFailures":[]}"#, "null", "[]", "\"\"",
            #"{"state":{"a":1},"batchItemFailures":[{"itemIdentifier":"9"},{"itemIdentifier":"12"}]}"#,
        ].map { Array($0.utf8) }
        var generator = SplitMix64(seed: 7)
        var kinds: Set<String> = []
        for _ in 0..<60_000 {
            var bytes = seeds.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0 where place < bytes.count: bytes.remove(at: place)
                case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 2:
                    let byte = Array("{}[]\",:0123456789 ntf\\".utf8).randomElement(using: &generator) ?? 0
                    bytes.insert(byte, at: place)
                default:
                    let other = seeds.randomElement(using: &generator) ?? []
                    let count = Int.random(in: 0...other.count, using: &generator)
                    bytes.insert(contentsOf: other.prefix(count), at: place)
                }
            }
            let reading = ResponseReading(
                FunctionResponse(body: bytes),
                to: self.records,
                reportsItemFailures: true,
                needsState: Bool.random(using: &generator)
            )
            let tree = try? JSONValue(parsing: bytes)
            switch reading.result {
            case .succeeded:
                kinds.insert("succeeded")
                let named = tree?["batchItemFailures"]?.array ?? []
                #expect(named.isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
                #expect(tree != nil || bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
            case .failedFrom(let place, _):
                kinds.insert("rest")
                #expect((1..<self.records.count).contains(place))
                let names = (tree?["batchItemFailures"]?.array ?? []).compactMap { $0["itemIdentifier"]?.string }
                #expect(names.contains(self.records[place].sequenceNumber.text))
                #expect(!self.records[..<place].contains { names.contains($0.sequenceNumber.text) })
            case .failed: kinds.insert("failed")
            case .notInvoked: Issue.record("an answer is an invocation")
            }
        }
        #expect(kinds == ["succeeded", "rest", "failed"])
    }
}
