// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("The settings that hold")
struct ResolvedSettingsTests {
    private func option(_ key: String, _ values: String...) -> SettingEntry {
        SettingEntry(setting(key), values, source: .option("--\(key)"))
    }

    private func variable(_ key: String, _ values: String...) -> SettingEntry {
        SettingEntry(setting(key), values, source: .variable(setting(key).variable))
    }

    private func values(_ settings: ResolvedSettings) -> [String: [String]] {
        SettingsLayer(entries: settings.entries).values
    }

    @Test func optionsOverrideVariablesWhichOverrideTheFile() {
        let settings = ResolvedSettings(
            [
                [entry("batch-size", "1"), entry("for", "1"), entry("pipeline", "a")],
                [self.variable("batch-size", "2"), self.variable("for", "2")],
                [self.option("batch-size", "3")],
            ],
            command: .run
        )
        #expect(self.values(settings) == ["batch-size": ["3"], "for": ["2"], "pipeline": ["a"]])
        #expect(settings.inherited.map(\.setting.key) == ["pipeline", "for"])
    }

    @Test func aListIsReplacedAndNotAddedTo() {
        let settings = ResolvedSettings([[entry("filter", "a", "b")], [self.variable("filter")]], command: .run)
        #expect(self.values(settings) == ["filter": []])
    }

    @Test func onlyTheSettingsOfTheCommandCount() {
        let file = [entry("theme", "light"), entry("records-out", "-"), entry("table", "T")]
        #expect(self.values(ResolvedSettings([file], command: .run)).keys.sorted() == ["records-out", "table"])
        #expect(self.values(ResolvedSettings([file], command: .monitor)).keys.sorted() == ["table", "theme"])
        #expect(self.values(ResolvedSettings([file], command: nil)).keys.sorted() == ["records-out", "table", "theme"])
    }

    @Test func aTableReplacesTheStreamOfALowerLayerAndTheOtherWayRound() {
        let one = ResolvedSettings([[entry("stream-arn", "arn")], [self.option("table", "T")]], command: .run)
        #expect(self.values(one) == ["table": ["T"]])
        #expect(one.setAside.map(\.reason) == ["table is set by --table"])
        let two = ResolvedSettings([[entry("table", "T")], [self.variable("stream-arn", "arn")]], command: .run)
        #expect(self.values(two) == ["stream-arn": ["arn"]])
        // In one layer it is a contradiction, which the parser tells.
        let both = ResolvedSettings([[entry("table", "T"), entry("stream-arn", "arn")]], command: .run)
        #expect(both.entries.count == 2)
    }

    @Test func patternsInOneFormReplaceThoseInTheOtherOfALowerLayer() {
        let file = [entry("filter", "{}")]
        let settings = ResolvedSettings([file, [self.option("filter-criteria", "{}")]], command: .run)
        #expect(self.values(settings) == ["filter-criteria": ["{}"]])
    }

    @Test func settingsOfAnotherHandlerThanTheOneChosenLaterAreNotUsed() {
        let file = [
            entry("handler", "delete"), entry("staging", "S"), entry("on-failure", "file:a"), entry("dry-run", "true"),
        ]
        let observing = ResolvedSettings([file, [self.option("handler", "observe")]], command: .run)
        #expect(self.values(observing) == ["handler": ["observe"]])
        #expect(observing.setAside.map(\.entry.setting.key) == ["on-failure", "dry-run", "staging"])
        #expect(observing.setAside.first?.reason == "the handler is observe, set by --handler")
        let other = ResolvedSettings([file, [self.option("handler", "function")]], command: .run)
        #expect(self.values(other).keys.sorted() == ["dry-run", "handler", "on-failure"])
    }

    @Test func settingsOfAnotherHandlerInTheSameLayerAreAContradiction() {
        let settings = ResolvedSettings([[entry("handler", "observe"), entry("staging", "S")]], command: .run)
        #expect(settings.entries.count == 2)
        #expect(ResolvedSettings([[entry("staging", "S")]], command: .run).entries.count == 1)
    }

    @Test func whatAMappingProposesWaitsForItsHandler() {
        let mapping = [entry("function", "f", isProposal: true), entry("on-failure", "arn", isProposal: true)]
        let alone = ResolvedSettings([mapping], command: .run)
        #expect(alone.entries == [])
        #expect(
            alone.setAside.map(\.reason) == [
                "no handler is chosen; --handler with something other than observe lets it hold, and asks first",
                "no handler is chosen; --handler function lets it hold, and asks first",
            ]
        )
        let invoking = ResolvedSettings([mapping, [self.option("handler", "function")]], command: .run)
        #expect(self.values(invoking).keys.sorted() == ["function", "handler", "on-failure"])
        let deleting = ResolvedSettings([mapping, [self.option("handler", "delete")]], command: .run)
        #expect(self.values(deleting).keys.sorted() == ["handler", "on-failure"])
    }

    @Test func settingsBecomeTheOptionsThatMeanTheSame() {
        let arguments = SettingsArguments(command: ["run"], given: ["--table", "T"])
        let inherited = [
            entry("batch-size", "5"), entry("enabled", "false"), entry("until-shards-end", "true"),
            entry("filter", "a", "b"), entry("events", "INSERT", "MODIFY"), entry("function-response-types"),
            entry("maximum-retry-attempts", "-1"), entry("command", "./x", "-v"),
        ]
        #expect(
            arguments.all(with: inherited) == [
                "run", "--batch-size=5", "--no-enabled", "--until-shards-end", "--filter=a", "--filter=b",
                "--events=INSERT,MODIFY", "--maximum-retry-attempts=-1", "--table", "T", "--", "./x", "-v",
            ]
        )
    }
}
