// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// A screen without a terminal: plays a script of input and keeps what it was shown.
///
/// Each call of ``waitForInput(atMost:)`` takes the next step of the script. When the script is over it says that the
/// terminal is gone, so that no loop runs for ever.
package struct ScriptedScreen: TerminalScreen {
    /// One answer of ``waitForInput(atMost:)``.
    package struct Step {
        /// What is done before the answer: put something into a mailbox, move a clock.
        package var before: (() -> Void)?
        /// The answer.
        package var events: [InputEvent]

        /// Creates a step.
        package init(_ events: [InputEvent], before: (() -> Void)? = nil) {
            self.events = events
            self.before = before
        }
    }

    /// The size now.
    package private(set) var size: ScreenSize
    /// What was shown, oldest first.
    package private(set) var frames: [CellGrid] = []
    /// What was written for each frame: all of it after ``invalidate()`` or a new size.
    package private(set) var writes: [[CellRun]] = []
    /// The limits that ``waitForInput(atMost:)`` was given.
    package private(set) var waits: [Duration?] = []
    /// What was put on the clipboard.
    package private(set) var copies: [String] = []
    /// How often the process was stopped.
    package private(set) var suspensions = 0
    /// How often the whole screen had to be written again.
    package private(set) var invalidations = 0
    /// The longest text that can be copied, in UTF-8 bytes.
    package var copyLimit = 55_500
    /// Called for each frame, before ``present(_:)`` returns: a slow link moves the clock here.
    package var onPresent: (() -> Void)?

    private var steps: [Step]
    private var next = 0
    private var shown: CellGrid?

    /// Creates a screen with a script.
    package init(size: ScreenSize, steps: [Step]) {
        self.size = size
        self.steps = steps
    }

    /// Creates a screen whose script is a list of answers.
    package init(columns: Int, rows: Int, events: [[InputEvent]] = []) {
        self.init(size: ScreenSize(columns: columns, rows: rows), steps: events.map { Step($0) })
    }

    /// Whether all steps were played.
    package var isFinished: Bool { self.next >= self.steps.count }

    package mutating func present(_ grid: CellGrid) {
        let base = self.shown.flatMap { $0.size == grid.size ? $0 : nil }
        // A grid of no size shares no cell with anything: all of the new one is written.
        self.writes.append(grid.changes(since: base ?? CellGrid(size: ScreenSize(columns: 0, rows: 0))))
        self.frames.append(grid)
        self.shown = grid
        self.onPresent?()
    }

    package mutating func invalidate() {
        self.shown = nil
        self.invalidations += 1
    }

    package mutating func waitForInput(atMost limit: Duration?) -> [InputEvent] {
        self.waits.append(limit)
        guard self.next < self.steps.count else { return [.terminated(.hangUp)] }
        let step = self.steps[self.next]
        self.next += 1
        step.before?()
        for case .resized(let size) in step.events { self.size = size }
        return step.events
    }

    package mutating func suspend() {
        self.suspensions += 1
    }

    package mutating func copy(_ text: String) -> Bool {
        guard text.utf8.count <= self.copyLimit else { return false }
        self.copies.append(text)
        return true
    }
}
