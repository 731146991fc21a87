// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A screen of cells with a keyboard.
///
/// Not `Sendable` on purpose: it lives and dies on the UI thread.
package protocol TerminalScreen {
    /// The size now.
    var size: ScreenSize { get }
    /// Shows a grid; writes only what differs from the one before.
    mutating func present(_ grid: CellGrid)
    /// Forgets what is on the screen, so that the next grid is written whole.
    mutating func invalidate()
    /// Waits for input, a wake-up or a signal; nil: without a limit. Returns all that is there.
    mutating func waitForInput(atMost: Duration?) -> [InputEvent]
    /// Gives the terminal back and stops this process until it is continued.
    mutating func suspend()
    /// Puts text on the person's clipboard (OSC 52); false if it is too long.
    mutating func copy(_ text: String) -> Bool
}
