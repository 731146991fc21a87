// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

/// Says what is waited for when a service takes long, so that a program that has nothing to show yet does not look dead.
enum Patience {
    /// How long nothing is said.
    static let limit = Duration.seconds(5)

    /// Waits for calls, and says so after a while.
    ///
    /// - Parameters:
    ///   - endpoint: The URL of the endpoint that has to answer.
    ///   - process: The program's surroundings.
    ///   - calls: What is waited for.
    /// - Returns: What the calls return.
    static func waiting<Result>(
        for endpoint: String,
        process: ProgramContext,
        _ calls: () async throws -> Result
    ) async rethrows -> Result {
        let clock = process.clock
        let errors = process.errors
        // Ends with the calls, however they end.
        async let _: Void = Self.tell("weir: \(endpoint) has not answered yet; waiting.", errors, clock)
        return try await calls()
    }

    private static func tell(_ line: String, _ errors: LineOutput, _ clock: any SessionClock) async {
        do {
            try await clock.sleep(for: Self.limit)
            errors.line(line)
        } catch {
            // The answer came first.
        }
    }
}
