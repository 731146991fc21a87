// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Work that goes on beside a consumer and is cancelled when that ends.
enum Companion {
    /// Runs it; once it is cancelled, whatever it throws only says so: each layer has its own word for that.
    static func run(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            guard Task.isCancelled else { throw error }
        }
    }
}
