// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import weir

struct NegativeValuesTests {
    @Test(arguments: [
        (["run", "--batch-size", "-5"], ["run", "--batch-size=-5"]),
        (["demo", "--rate", "-.5", "--seed", "1"], ["demo", "--rate=-.5", "--seed", "1"]),
        (["run", "--table", "-t"], ["run", "--table", "-t"]),
        (["run", "--table=a", "-5"], ["run", "--table=a", "-5"]),
        (["run", "--", "--rate", "-5"], ["run", "--", "--rate", "-5"]),
        (["-5"], ["-5"]),
    ])
    func anOptionAndANegativeNumberAreOneArgument(given: [String], joined: [String]) {
        #expect(NegativeValues.joined(given) == joined)
    }
}
