// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("Settings files")
struct SettingsFileTests {
    @Test func settingsAreWrittenUnderTheirNames() {
        let layer = SettingsFile.read(
            """
            table = "Orders"
            batch-size = 500
            maximum-batching-window = "2s"
            tumbling-window = 60
            maximum-record-age = -1
            bisect-batch-on-function-error = true
            events = ["INSERT", "REMOVE"]
            filter = '{"eventName":["INSERT"]}'
            handler = "command"
            command = ["./handle.py", "--verbose"]
            """,
            file: "weir.toml"
        )
        #expect(layer.remarks == [])
        #expect(
            layer.values == [
                "table": ["Orders"], "batch-size": ["500"], "maximum-batching-window": ["2s"],
                "tumbling-window": ["60"], "maximum-record-age": ["-1"],
                "bisect-batch-on-function-error": ["true"], "events": ["INSERT", "REMOVE"],
                "filter": ["{\"eventName\":[\"INSERT\"]}"], "handler": ["command"],
                "command": ["./handle.py", "--verbose"],
            ]
        )
    }

    @Test func shortNamesAndNamesOfParametersMeanTheSame() {
        let layer = SettingsFile.read("batch-window = \"2s\"\nBatchSize = 7\nEnabled = false", file: "weir.toml")
        #expect(layer.remarks == [])
        #expect(layer.values == ["maximum-batching-window": ["2s"], "batch-size": ["7"], "enabled": ["false"]])
    }

    @Test(arguments: [
        ("batchsize = 5", "did you mean batch-size?"),
        ("bach-size = 5", "did you mean batch-size?"),
        ("batch_size = 5", "did you mean batch-size?"),
        ("BatchSiez = 5", "did you mean BatchSize?"),
        ("MaximumBatchingWindow = 5", "did you mean MaximumBatchingWindowInSeconds?"),
        ("filters = []", "did you mean filter?"),
        ("colour = 5", "did you mean color?"),
        ("bisect = true", "did you mean bisect-batch-on-function-error?"),
        ("shards = 5", "'weir config init'"),
        ("[section]\nx = 1", "section is no setting"),
        ("yes = true", "a file cannot agree"),
        ("config = \"a.toml\"", "it names the file"),
    ])
    func aNameThatIsNoSettingIsAnErrorThatHelps(text: String, fact: String) {
        let layer = SettingsFile.read(text, file: "weir.toml")
        #expect(layer.entries == [])
        #expect(layer.isWrong)
        #expect(layer.lines.count == 1)
        #expect(layer.lines.first?.hasPrefix("weir.toml:1:1: ") == true, "\(layer.lines)")
        #expect(layer.lines.first?.contains(fact) == true, "\(layer.lines)")
    }

    @Test(arguments: [
        "aws-secret-access-key", "password", "session-token", "AccessKeyId", "api-key", "private_key", "credentials",
    ])
    func whatLooksLikeASecretIsRefusedAndNotRepeated(name: String) {
        let layer = SettingsFile.read("\(name) = \"hunter2\"", file: "weir.toml")
        #expect(layer.isWrong)
        #expect(layer.lines.first?.contains("\(name) looks like a secret") == true, "\(layer.lines)")
        #expect(layer.lines.first?.contains("hunter2") == false)
    }

    @Test func aSecretForTheProgramIsRefusedTooButNotItsName() {
        let wrong = SettingsFile.read("handler-env = [\"STAGE=test\", \"API_TOKEN=hunter2\"]", file: "weir.toml")
        #expect(wrong.lines.first?.contains("the value of API_TOKEN in handler-env") == true, "\(wrong.lines)")
        #expect(wrong.lines.first?.contains("hunter2") == false)
        let right = SettingsFile.read("handler-env = [\"STAGE=test\", \"API_TOKEN\"]", file: "weir.toml")
        #expect(right.values == ["handler-env": ["STAGE=test", "API_TOKEN"]])
    }

    @Test(arguments: [
        ("batch-size = true", "1:14: batch-size is true; a whole number is accepted"),
        ("batch-size = [1]", "1:14: batch-size is a list; a whole number is accepted"),
        ("enabled = \"no\"", "1:11: enabled is 'no'; true or false is accepted"),
        ("table = 5", "1:9: table is 5; a text in quotation marks is accepted"),
        ("filter = [1]", "1:10: filter is a list; a text in quotation marks or a list of such is accepted"),
        ("filter = { a = 1 }", "1:10: filter is a table; "),
        ("command = \"./handle.py\"", "1:11: command is './handle.py'; a list of texts, the program first is accepted"),
        ("command = []", "1:11: command is a list"),
        ("until-idle = false", "1:14: until-idle is false; a number of seconds or a text such as \"5m\" is accepted"),
    ])
    func aValueOfTheWrongKindIsNamedWithItsPlaceAndWhatIsAccepted(text: String, line: String) {
        let layer = SettingsFile.read(text, file: "weir.toml")
        #expect(layer.isWrong)
        #expect(layer.lines.first?.hasPrefix("weir.toml:\(line)") == true, "\(layer.lines)")
    }

    @Test func everythingWrongIsSaidAtOnce() {
        let layer = SettingsFile.read("batchsize = 1\ntable = 2\npassword = 3\nregion = \"r\"", file: "weir.toml")
        #expect(layer.remarks.map(\.level) == [.error, .error, .error])
        #expect(layer.values == ["region": ["r"]])
    }

    @Test func oneSettingUnderTwoNamesIsAnErrorUnlessBothAgree() {
        let two = SettingsFile.read("batch-size = 5\nBatchSize = 6", file: "weir.toml")
        #expect(two.lines == ["weir.toml:2:1: BatchSize is set twice, at weir.toml:1:1 to something else"])
        #expect(SettingsFile.read("batch-size = 5\nBatchSize = 5", file: "weir.toml").remarks == [])
    }

    @Test(arguments: [
        ("{\"batch-size\": }", "weir.json:1:16: no JSON"),
        ("{\"batch-size\": 1,\n \"batch-size\": 2}", "weir.json:2:2: no JSON: the name batch-size occurs twice"),
        ("[]", "weir.json:1:1: the file holds a list; an object is accepted"),
        ("{\n  \"batch-size\": true}", "weir.json:2:17: batch-size is true"),
        ("{\"EventSourceMappings\": []}", "weir.json:1:2: this is a list of mappings"),
    ])
    func jsonIsReadAlikeWithPlaces(text: String, line: String) {
        let layer = SettingsFile.read(text, file: "weir.json")
        #expect(layer.isWrong)
        #expect(layer.lines.first?.hasPrefix(line) == true, "\(layer.lines)")
    }

    @Test func whatBeginsWithABraceIsJSONWhateverItsName() {
        #expect(SettingsFile.read("\n {\"BatchSize\": 3}", file: "standard input").values == ["batch-size": ["3"]])
    }

    @Test func anEmptyFileSaysNothing() {
        #expect(SettingsFile.read("", file: "weir.toml") == SettingsLayer())
    }
}
