// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import LocalDynamoDB
import Logging
import ServiceLifecycle
import StreamSession

/// Deletes expired items again and again, as long as the endpoint runs.
struct ExpirySweep: Service {
    let store: LocalStore
    let interval: Duration
    let clock: any SessionClock
    let logger: Logger

    func run() async throws {
        // Cancelled is how it ends.
        try? await cancelWhenGracefulShutdown { () async throws -> Void in
            while true {
                try await self.clock.sleep(for: self.interval)
                do {
                    try self.store.expireItems()
                } catch {
                    self.logger.error("Expired items cannot be deleted.", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}
