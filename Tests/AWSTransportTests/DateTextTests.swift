// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

@Suite struct DateTextTests {
    @Test func theDateHeaderIsRead() {
        #expect(DateText.milliseconds(httpDate: "Sun, 30 Aug 2015 12:36:00 GMT") == 1_440_938_160_000)
    }

    @Test(arguments: [
        "", "2015-08-30", "Sun, 30 Aug 2015 12:36:00 CET", "Sun, 30 Foo 2015 12:36:00 GMT", "a b c d e f",
    ])
    func otherDateHeadersAreIgnored(text: String) {
        #expect(DateText.milliseconds(httpDate: text) == nil)
    }

    @Test(arguments: ["", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00+1", "x"])
    func otherTimesAreRefused(text: String) {
        #expect(DateText.milliseconds(iso8601: text) == nil)
    }
}
