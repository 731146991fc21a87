// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TerminalCells
import TerminalDriver

/// Ends a screen from outside: what it showed is over.
final class ScreenEnd: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Whether it is to end.
    var isSet: Bool { self.flag.load(ordering: .acquiring) }

    /// Ends the screen's wait, now or the next one.
    func set() {
        self.flag.store(true, ordering: .releasing)
        wakeTerminalThread()
    }
}

/// A screen that ends when it is told to, not only by its own keys and signals.
struct EndableScreen<Screen: TerminalScreen>: TerminalScreen {
    var screen: Screen
    let end: ScreenEnd

    var size: ScreenSize { self.screen.size }

    mutating func present(_ grid: CellGrid) { self.screen.present(grid) }

    mutating func invalidate() { self.screen.invalidate() }

    mutating func waitForInput(atMost limit: Duration?) -> [InputEvent] {
        let events = self.end.isSet ? [] : self.screen.waitForInput(atMost: limit)
        return self.end.isSet ? events + [.terminated(.terminate)] : events
    }

    mutating func suspend() { self.screen.suspend() }

    mutating func copy(_ text: String) -> Bool { self.screen.copy(text) }
}
