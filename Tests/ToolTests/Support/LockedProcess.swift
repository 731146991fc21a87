// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A process with a lock around it, and its end as something to wait for.
final class LockedProcess: Sendable {
    private let process: Mutex<Process>
    private let ends: AsyncStream<Int32>
    private let end: AsyncStream<Int32>.Continuation

    init(_ process: sending Process) {
        let (ends, end) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(1))
        self.ends = ends
        self.end = end
        process.terminationHandler = { process in
            let isSignal = process.terminationReason == .uncaughtSignal
            end.yield(isSignal ? 128 + process.terminationStatus : process.terminationStatus)
            end.finish()
        }
        self.process = Mutex(process)
    }

    var processID: Int32 { self.process.withLock { $0.processIdentifier } }

    func start() throws {
        try self.process.withLock { try $0.run() }
    }

    /// The exit code, once it has ended; can be asked for once.
    func status() async -> Int32 {
        for await status in self.ends { return status }
        return -1
    }
}
