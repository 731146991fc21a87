// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import Testing

@Suite struct SigningTimeTests {
    @Test(
        arguments: [
            (0, "19700101T000000Z"), (951_782_400_000, "20000229T000000Z"), (951_868_799_999, "20000229T235959Z"),
            (1_440_938_160_000, "20150830T123600Z"), (1_709_251_199_000, "20240229T235959Z"),
            (4_102_444_800_000, "21000101T000000Z"), (-1000, "19691231T235959Z"),
        ] as [(Int64, String)]
    )
    func textAndMillisecondsAgree(milliseconds: Int64, text: String) {
        let time = SigningTime(milliseconds: milliseconds)
        #expect(time.text == text)
        #expect(SigningTime(text)?.milliseconds == time.milliseconds)
    }

    @Test(arguments: ["", "20150830T123600", "2015-08-30T12:36:00Z", "20151330T123600Z", "20150830T243600Z"])
    func otherTextIsRefused(text: String) {
        #expect(SigningTime(text) == nil)
    }
}
