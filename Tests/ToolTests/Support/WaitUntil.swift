// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

/// Waits until something outside of the tests' clocks has happened: another process has written.
func waitUntil(_ condition: () throws -> Bool) async throws {
    let clock = SystemClock()
    for _ in 0..<3000 {
        if try condition() { return }
        try await clock.sleep(for: .milliseconds(10))
    }
    throw WaitedTooLong()
}

/// What was waited for did not come within half a minute.
struct WaitedTooLong: Error {}
