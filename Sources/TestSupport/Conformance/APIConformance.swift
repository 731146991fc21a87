// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What DynamoDB and DynamoDB Streams do, as far as Weir relies on it: each case is one behaviour of the service.
///
/// Run against everything that implements the two protocols; a difference is named, never passed over.
package enum APIConformance {
    /// The behaviours, in groups.
    package static let cases: [APIConformanceCase] = [
        Self.tableCases, Self.tableStreamCases, Self.itemCases, Self.keyCases, Self.updateCases, Self.conditionCases,
        Self.transactionCases, Self.capacityCases,
        Self.batchCases, Self.scanCases, Self.streamCases, Self.recordCases, Self.imageCases, Self.iteratorCases,
    ].flatMap { $0 }

    /// How a case ended.
    package struct Outcome: Sendable, CustomStringConvertible {
        /// The case's name.
        package let name: String
        /// What happened instead; nil if the behaviour is there.
        package let problem: String?

        /// Name and problem.
        package var description: String { self.problem.map { "\(self.name): \($0)" } ?? self.name }
    }

    /// Runs all cases.
    ///
    /// - Parameters:
    ///   - width: So many at the same time.
    ///   - make: Gives the implementation for a case; may give the same to all.
    /// - Returns: The outcomes in the order of the cases.
    package static func run(
        width: Int = 4,
        on make: @escaping @Sendable () async throws -> any DynamoDBTableAPI & DynamoDBStreamsAPI
    ) async -> [Outcome] {
        await withTaskGroup(of: (Int, Outcome).self) { group in
            var outcomes: [Outcome?] = Array(repeating: nil, count: self.cases.count)
            for index in self.cases.indices {
                if index >= width, let (finished, outcome) = await group.next() { outcomes[finished] = outcome }
                group.addTask { (index, await self.run(self.cases[index], number: index, on: make)) }
            }
            for await (finished, outcome) in group { outcomes[finished] = outcome }
            return outcomes.compactMap { $0 }
        }
    }

    private static func run(
        _ one: APIConformanceCase,
        number: Int,
        on make: @Sendable () async throws -> any DynamoDBTableAPI & DynamoDBStreamsAPI
    ) async -> Outcome {
        do {
            let subject = APISubject(api: try await make(), prefix: "case-\(number)-")
            try await one.body(subject)
            return Outcome(name: one.name, problem: nil)
        } catch {
            return Outcome(name: one.name, problem: "\(error)")
        }
    }
}
