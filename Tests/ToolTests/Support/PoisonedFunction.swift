// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import HTTPTypes
import Hummingbird
import Synchronization
import TestServers

/// A function that fails whenever a batch holds one certain record, and notes what it was invoked with.
final class PoisonedFunction: Sendable {
    /// One invocation: the sequence numbers it got, and the event as it came.
    struct Invocation: Sendable {
        var numbers: [String]
        var event: [UInt8]
    }

    private let poison: String
    private let attempts: Int
    private let lastAttempt: @Sendable (PoisonedFunction) async throws -> Void
    private let seen = Mutex<[Invocation]>([])

    /// Creates a function.
    ///
    /// - Parameters:
    ///   - poison: The sequence number of the record it fails at.
    ///   - attempts: How often that record comes alone.
    ///   - lastAttempt: Awaited before the last of these is answered.
    init(
        poison: SequenceNumber,
        attempts: Int,
        lastAttempt: @escaping @Sendable (PoisonedFunction) async throws -> Void
    ) {
        self.poison = poison.text
        self.attempts = attempts
        self.lastAttempt = lastAttempt
    }

    /// All invocations in the order in which they came.
    var invocations: [Invocation] { self.seen.withLock { $0 } }

    /// Invocations with records of a shard only.
    func invocations(of shard: [StreamRecord]) -> [[String]] {
        let numbers = Set(shard.map(\.sequenceNumber.text))
        return self.invocations.map(\.numbers).filter { numbers.isSuperset(of: $0) }
    }

    func answer(_ event: [UInt8]) async throws -> Response {
        let records = try JSONValue(parsing: event)["Records"]?.array ?? []
        let numbers = records.compactMap { $0["dynamodb"]?["SequenceNumber"]?.string }
        let alone = self.seen.withLock { seen in
            seen.append(Invocation(numbers: numbers, event: event))
            return seen.count { $0.numbers == [self.poison] }
        }
        guard numbers.contains(self.poison) else { return ScriptedServer.response("null") }
        if numbers.count == 1, alone == self.attempts { try await self.lastAttempt(self) }
        var headers = HTTPFields()
        for (name, value) in [("X-Amz-Function-Error", "Unhandled"), ("X-Amz-Executed-Version", "$LATEST")] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return ScriptedServer.response(
            #"{"errorMessage":"I do not like it","errorType":"Dislike"}"#,
            headers: headers
        )
    }
}
