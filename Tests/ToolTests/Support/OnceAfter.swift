// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// A logger that writes nothing.
let silentLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// True once, at the call of a number.
final class OnceAfter: Sendable {
    private let calls = Atomic<Int>(0)
    private let number: Int

    init(_ number: Int) {
        self.number = number
    }

    func isNow() -> Bool {
        self.calls.wrappingAdd(1, ordering: .relaxed).newValue == self.number
    }
}
