// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite
struct FilterCriteriaTextTests {
    @Test(arguments: [
        (#"{"Filters": [{"Pattern": "{\"a\":[1]}"}, {"Pattern": "{}"}]}"#, [#"{"a":[1]}"#, "{}"]),
        (#"{"Filters": []}"#, []),
        ("{}", []),
    ])
    func thePatternsComeInTheirOrder(json: String, patterns: [String]) {
        #expect(FilterCriteriaText.patterns(in: json) == patterns)
    }

    @Test(arguments: [
        "", "x", "[]", "null", #"{"Filter": []}"#, #"{"Filters": {}}"#, #"{"Filters": ["{}"]}"#,
        #"{"Filters": [{"pattern": "{}"}]}"#, #"{"Filters": [{"Pattern": {}}]}"#,
        #"{"Filters": [{"Pattern": "{}", "Other": 1}]}"#, #"{"Filters": [], "Other": 1}"#,
    ])
    func anythingElseIsNone(json: String) {
        #expect(FilterCriteriaText.patterns(in: json) == nil)
    }
}
