// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport

/// A handler whose answers are drawn by lot, and that tells the judge what each of them means.
///
/// All is done, throws, throttles, function errors, partial and invalid responses.
final class MoodyHandler: RecordHandler {
    private struct Broken: Error {}

    private enum Mood: CaseIterable {
        case done, doneToo, returns, throwsError, throttles, fails, names, namesForeign, isInvalid, hasNoState
    }

    private struct Lot {
        var mood: Mood
        var pause: Int
        var places: [Int]
        var number: Int
        var isExact: Bool
    }

    private let judge: RecordJudge
    private let clock: VirtualTime
    private let configuration: ConsumerConfiguration
    private let generator: Mutex<SplitMix64>

    init(judge: RecordJudge, clock: VirtualTime, configuration: ConsumerConfiguration, seed: UInt64) {
        self.judge = judge
        self.clock = clock
        self.configuration = configuration
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        self.judge.began(batch)
        let lot = self.generator.withLock { Self.draw(batch.records.count, using: &$0) }
        // A crash must not look like an end: nothing is told before the time has passed.
        try? await self.clock.sleep(for: .milliseconds(lot.pause))
        let (outcome, answer, state) = self.answer(lot, batch)
        if Task.isCancelled { throw CancellationError() }
        self.judge.left(batch, answer, window: state)
        guard let outcome else { throw Broken() }
        return outcome
    }

    private static func draw(_ count: Int, using generator: inout SplitMix64) -> Lot {
        Lot(
            mood: Mood.allCases.randomElement(using: &generator) ?? .done,
            pause: Int.random(in: 0...40, using: &generator),
            places: (0..<min(count, 2)).map { _ in Int.random(in: 0..<count, using: &generator) },
            number: Int.random(in: 0..<1_000_000, using: &generator),
            isExact: Bool.random(using: &generator)
        )
    }

    /// The answer, nil for an error that is thrown; what it means; the state that counts.
    private func answer(_ lot: Lot, _ batch: RecordBatch) -> (HandlerOutcome?, JudgedBatch.Answer, String?) {
        let state = batch.window.map { _ in "{\"n\":\(lot.number)}" }
        let reports = self.configuration.reportsBatchItemFailures
        func response(_ failures: [String]) -> FunctionResponse {
            let list = failures.joined(separator: ",")
            let member = state.map { "\"state\":\($0)," } ?? ""
            return FunctionResponse(body: Array("{\(member)\"batchItemFailures\":[\(list)]}".utf8))
        }
        func failing(_ failures: [String]) -> (HandlerOutcome?, JudgedBatch.Answer, String?) {
            let response = response(failures)
            return (.responded(response), reports ? .failed(response) : .done, reports ? nil : state)
        }
        if let pause = self.pauseUntilTooOld(batch, isExact: lot.isExact) {
            return (.retry(after: pause, reason: "429"), .notInvoked(after: pause), nil)
        }
        switch lot.mood {
        case .done, .doneToo: return (.done, .done, nil)
        case .returns: return (.responded(response([])), .done, state)
        case .throwsError: return (nil, .failed(nil), nil)
        case .throttles:
            let pause: Duration? = lot.number.isMultiple(of: 2) ? nil : .milliseconds(30)
            return (.retry(after: pause, reason: "429"), .notInvoked(after: pause), nil)
        case .fails:
            let response = FunctionResponse(functionError: "Unhandled", body: Array("\(lot.number)".utf8))
            return (.responded(response), .failed(response), nil)
        case .names:
            let response = response(lot.places.map { Self.name(batch.records[$0]) })
            // The lowest number, where it comes first: a page may be in the batch twice.
            let lowest = lot.places.map { batch.records[$0].sequenceNumber }.min()
            guard reports, let place = batch.records.firstIndex(where: { $0.sequenceNumber == lowest }) else {
                return (.responded(response), .done, state)
            }
            if place == 0 { return (.responded(response), .failed(response), nil) }
            return (.responded(response), .rest(from: place, response), state)
        case .namesForeign:
            let names = lot.places.map { Self.name(batch.records[$0]) }
            return failing(names + ["{\"itemIdentifier\":\"99999999999999999999999\"}"])
        case .isInvalid: return failing(["{}"])
        case .hasNoState:
            let response = FunctionResponse(body: Array("{}".utf8))
            return (.responded(response), batch.window == nil ? .done : .failed(response), nil)
        }
    }

    private static func name(_ record: StreamRecord) -> String {
        "{\"itemIdentifier\":\"\(record.sequenceNumber)\"}"
    }

    /// The pause to the very moment at which a record is as old as it may be, or to a millisecond after; nil: none is
    /// near.
    private func pauseUntilTooOld(_ batch: RecordBatch, isExact: Bool) -> Duration? {
        guard isExact else { return nil }
        // With several lanes a longer pause would keep positions from being stored.
        let longest = Duration.milliseconds(self.configuration.parallelizationFactor == 1 ? 2000 : 300)
        let limit = self.configuration.maximumRecordAge ?? .seconds(86_400)
        for record in batch.records {
            let left = record.createdAt.advanced(by: limit).since(self.clock.now)
            if left > .zero, left < longest {
                return left + .milliseconds(Int64(record.sequenceNumber.text.utf8.last ?? 0) % 2)
            }
        }
        return nil
    }
}
