// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// Makes sure, once a run, that the table keeps what this handler adds up and nothing else.
///
/// The definition is kept in the table by a conditional write before the first number: of two that begin at the same time
/// with different definitions, one is refused.
final class AggregateAgreement: Sendable {
    enum Outcome: Sendable {
        /// The streams whose marks are in the table, by their tags.
        case known([String: StreamARN])
        case failed(AggregateEnd)
    }

    private let requests: AggregateRequests
    private let api: any DynamoDBTableAPI
    private let known = Mutex<[String: StreamARN]?>(nil)

    init(requests: AggregateRequests, api: any DynamoDBTableAPI) {
        self.requests = requests
        self.api = api
    }

    func streams(meter: WorkMeter) async throws -> Outcome {
        if let known = self.known.withLock({ $0 }) { return .known(known) }
        var work = HandlerWork(requests: ["UpdateItem": 1])
        defer { meter.add(work) }
        do throws(DynamoDBError) {
            let result = try await self.api.updateItem(self.requests.agree())
            work.writeCapacityUnits = result.consumedCapacity?.capacityUnits ?? 0
            let streams = Self.streams(in: result.attributes ?? [:])
            self.known.withLock { $0 = streams }
            return .known(streams)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            if error.isThrottling { work.throttles = 1 }
            if error.isTransient { return .failed(.retry(reason: error.description)) }
            guard error.code == .conditionalCheckFailed else {
                return .failed(.stop(reason: "cannot add to \(self.requests.table): \(error)"))
            }
            var item: Item?
            if case .conditionalCheckFailed(let found) = error.detail { item = found }
            let text = Self.refusal(self.requests.table, holding: item, not: self.requests.definition)
            return .failed(.stop(reason: text))
        }
    }

    /// The streams that a definition item names, by their tags.
    static func streams(in item: Item) -> [String: StreamARN] {
        var streams: [String: StreamARN] = [:]
        for case (let name, .string(let arn)) in item where name.hasPrefix(AggregateRequests.streamPrefix) {
            streams[String(name.dropFirst(AggregateRequests.streamPrefix.count))] = StreamARN(arn)
        }
        return streams
    }

    /// Why a table cannot be used, which holds another definition.
    static func refusal(_ table: String, holding item: Item?, not definition: AggregateDefinition) -> String {
        var differences: [String] = []
        if case .string(let text)? = item?[AggregateKey.definitionAttribute],
            let other = AggregateDefinition(json: text)
        {
            differences = definition.differences(from: other)
        }
        return "\(table) keeps another aggregate"
            + (differences.isEmpty ? "" : " (\(differences.joined(separator: "; ")))")
            + ". Numbers of two rules cannot be told apart: name another table with --aggregate-table, or use that rule."
    }
}
