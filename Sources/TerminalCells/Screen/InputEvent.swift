// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a person did at the terminal.
package enum InputEvent: Hashable, Sendable {
    /// A key.
    case key(Key)
    /// Pasted text, never run as keys; at most 64 KiB.
    case paste(String)
    /// The screen has another size.
    case resized(ScreenSize)
    /// The screen was given back by another program: draw everything again.
    case redraw
    /// Something new is in the mailbox.
    case wake
    /// The program must end: a signal or a terminal that is gone.
    case terminated(Termination)
}

/// Why the terminal ends the program.
package enum Termination: Hashable, Sendable {
    /// SIGINT, exit 130.
    case interrupt
    /// SIGTERM, exit 143.
    case terminate
    /// SIGHUP or a terminal that is gone, exit 129.
    case hangUp
}
