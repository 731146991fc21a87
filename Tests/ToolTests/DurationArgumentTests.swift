// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import weir

/// An executable has no other way to be seen by its tests.
@Suite("Durations on the command line")
struct DurationArgumentTests {
    @Test(arguments: [
        ("60", 60_000), ("60s", 60_000), ("200ms", 200), ("5m", 300_000), ("1h", 3_600_000), ("0", 0), ("0s", 0),
        ("1.5s", 1500), ("0.25", 250), ("1.5h", 5_400_000),
    ])
    func eachFormIsRead(text: String, milliseconds: Int) {
        #expect(DurationArgument(text)?.duration == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "s", "ms", "-1s", "+5s", "1 s", "5d", "1e3", "0x10", "1.s", ".5s", "1.2345s", "0.5ms", "99999999999s", "٣s",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(DurationArgument(text) == nil)
    }

    @Test(arguments: [("90", "90s"), ("120s", "2m"), ("1500ms", "1500ms"), ("7200", "2h"), ("0ms", "0s")])
    func itIsShownInTheShortestForm(text: String, shown: String) {
        #expect(DurationArgument(text)?.description == shown)
    }
}
