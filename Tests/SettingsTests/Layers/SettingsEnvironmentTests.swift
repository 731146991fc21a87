// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("Settings in variables")
struct SettingsEnvironmentTests {
    @Test func variablesHaveTheNamesOfTheirSettings() {
        let layer = SettingsEnvironment.read([
            "WEIR_BATCH_SIZE": "500", "WEIR_TABLE": "Orders", "WEIR_FOR": "5m", "HOME": "/", "BATCH_SIZE": "1",
        ])
        #expect(layer.remarks == [])
        #expect(layer.values == ["batch-size": ["500"], "table": ["Orders"], "for": ["5m"]])
        #expect(layer.entry("table")?.source.description == "WEIR_TABLE")
    }

    @Test func listsAreOneTextOrAnArrayOfTexts() {
        let one = "{\"eventName\":[\"INSERT\"]}"
        #expect(SettingsEnvironment.read(["WEIR_FILTER": one]).values == ["filter": [one]])
        let two = SettingsEnvironment.read([
            "WEIR_FILTER": "[\"{}\", \"{\\\"a\\\":[1]}\"]", "WEIR_COMMAND": "[\"a\", \"b c\"]",
        ])
        #expect(two.values == ["filter": ["{}", "{\"a\":[1]}"], "command": ["a", "b c"]])
        #expect(SettingsEnvironment.read(["WEIR_COMMAND": "./handle"]).values == ["command": ["./handle"]])
        #expect(SettingsEnvironment.read(["WEIR_FILTER": "[]"]).values == ["filter": []])
    }

    @Test(arguments: [
        ("true", "true"), ("1", "true"), ("ON", "true"), ("yes", "true"), ("false", "false"), ("0", "false"),
        ("off", "false"), ("no", "false"),
    ])
    func togglesAreReadInManyForms(text: String, value: String) {
        #expect(SettingsEnvironment.read(["WEIR_ENABLED": text]).values == ["enabled": [value]])
    }

    @Test(arguments: [
        ("WEIR_ENABLED", "maybe", "WEIR_ENABLED: enabled is 'maybe'; true or false is accepted"),
        ("WEIR_FILTER", "[1]", "WEIR_FILTER: filter is '[1]'; a text or a JSON array of texts is accepted"),
        ("WEIR_FILTER", "[", "WEIR_FILTER: filter is '['; a text or a JSON array of texts is accepted"),
        ("WEIR_BATCHSIZE", "5", "WEIR_BATCHSIZE: is no variable of a setting; did you mean WEIR_BATCH_SIZE?"),
        ("WEIR_CONFG", "5", "WEIR_CONFG: is no variable of a setting; did you mean WEIR_CONFIG?"),
        ("WEIR_YES", "1", "WEIR_YES: yes is no setting of the environment: a file cannot agree"),
    ])
    func whatIsWrongNamesTheVariable(name: String, value: String, line: String) {
        let layer = SettingsEnvironment.read([name: value])
        #expect(layer.isWrong)
        #expect(layer.entries == [])
        #expect(layer.lines.first?.hasPrefix(line) == true, "\(layer.lines)")
    }

    @Test(arguments: ["WEIR_XYZZY", "WEIR_RETRY_LIMIT", "WEIR_"])
    func whatIsNoVariableAtAllIsWarnedOf(name: String) {
        let layer = SettingsEnvironment.read([name: "1"])
        #expect(layer.values.isEmpty)
        #expect(
            layer.remarks.map { "\($0)" }.contains {
                $0.contains("\(name): is no variable of a setting, and is ignored")
            }
        )
    }

    @Test func variablesOfOthersAndEmptyOnesSayNothing() {
        #expect(
            SettingsEnvironment.read([
                "WEIR_TEST_PYTHON": "x", "WEIR_VERSION": "1", "WEIR_": "",
                "WEIR_TABLE": "", "WEIR_FILTER": "", "WEIR_ENABLED": "", "WEIR_REQUIRE_TMUX": "1",
                "WEIR_CONFIG": "a.toml", "WEIR_MAPPING": "b.json",
            ]) == SettingsLayer()
        )
    }
}
