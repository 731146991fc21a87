// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("What is wrong with settings")
struct SettingsDiagnosisTests {
    /// A parser with two rules of its own: numbers are at most 10, and some settings need others.
    private func failure(_ entries: [SettingEntry]) -> String? {
        let values = SettingsLayer(entries: entries).values
        for entry in entries {
            for value in entry.values where value == "bad" || Int(value) ?? 0 > 10 {
                return "The value '\(value)' is invalid for '\(entry.setting.option) <n>': up to 10 is accepted"
            }
        }
        if values["handler"] == ["delete"], values["staging"] == nil {
            return "--handler delete needs --staging <table>: the table whose items are deleted."
        }
        if values["handler"] != ["delete"], values["staging"] != nil {
            return "--staging <table> needs --handler delete."
        }
        if values["tumbling-window"] != nil, values["parallelization-factor"] != nil {
            return "--tumbling-window 9 does not go together with --parallelization-factor 2: leave out one of them."
        }
        return nil
    }

    private func diagnosis(_ entries: SettingEntry...) -> SettingsDiagnosis {
        SettingsDiagnosis(of: ResolvedSettings([entries], command: .run), failure: self.failure)
    }

    @Test func nothingIsSaidOfWhatIsRight() {
        #expect(self.diagnosis(entry("batch-size", "5")).remarks == [])
    }

    @Test func everyValueThatIsWrongIsSaidWithItsPlace() {
        let diagnosis = self.diagnosis(
            entry("batch-size", "11", line: 1),
            entry("concurrency", "12", line: 2),
            entry("max-records", "1", line: 3)
        )
        #expect(
            diagnosis.remarks.map(\.description) == [
                "weir.toml:1:1: batch-size is '11'; up to 10 is accepted",
                "weir.toml:2:1: concurrency is '12'; up to 10 is accepted",
            ]
        )
        #expect(diagnosis.ownFailure == nil)
    }

    @Test func theElementOfAListIsFound() {
        var filter = entry("filter", "a", "bad", "c", "bad", line: 1)
        filter.places = (1...4).map { TextPlace(line: $0, column: 9) }
        let diagnosis = self.diagnosis(filter)
        #expect(
            diagnosis.remarks.map(\.description) == [
                "weir.toml:2:9: filter is 'bad'; up to 10 is accepted",
                "weir.toml:4:9: filter is 'bad'; up to 10 is accepted",
            ]
        )
    }

    @Test func whatDoesNotGoTogetherNamesBothPlaces() {
        let diagnosis = self.diagnosis(
            entry("tumbling-window", "9", line: 4),
            entry("parallelization-factor", "2", line: 7)
        )
        #expect(diagnosis.remarks.count == 1)
        #expect(diagnosis.remarks.first?.description.hasPrefix("weir.toml:4:1, 7:1: --tumbling-window 9 ") == true)
    }

    @Test func settingsAreCalledAsTheyWereWritten() {
        func named(_ key: String, _ name: String, _ value: String) -> SettingEntry {
            var result = entry(key, value)
            result.name = name
            return result
        }
        #expect(
            self.diagnosis(
                named("batch-size", "BatchSize", "11"),
                named("tumbling-window", "TumblingWindowInSeconds", "9"),
                named("parallelization-factor", "parallelization-factor", "2")
            ).remarks.map(\.message) == [
                "BatchSize is '11'; up to 10 is accepted",
                "TumblingWindowInSeconds 9 does not go together with --parallelization-factor 2: leave out one of them.",
            ]
        )
    }

    @Test(arguments: [
        (
            "'--handler <handler>'. Please provide one of the following:\n  - a\n  - b-c\n  - d",
            "a, b-c and d are accepted"
        ),
        ("'--handler <handler>'. Please provide one of 'text' and 'json'.", "text and json are accepted"),
        ("'--handler <handler>'. Please provide one of 'a', 'b' or 'c'.", "a, b and c are accepted"),
        ("'--handler <handler>': one line\nand another", "one line and another"),
    ])
    func whatIsAcceptedIsSaidOnOneLine(end: String, accepted: String) {
        let settings = ResolvedSettings([[entry("handler", "frob")]], command: .run)
        let diagnosis = SettingsDiagnosis(of: settings) { entries in
            entries.isEmpty ? nil : "The value 'frob' is invalid for \(end)"
        }
        #expect(diagnosis.remarks.map(\.message) == ["handler is 'frob'; \(accepted)"])
    }

    @Test func valuesThatAreSetAsideAreLookedAtAndWhatTheyNeedIsNot() {
        let layer = [
            entry("function", "bad", line: 2, isProposal: true), entry("on-failure", "fine", line: 3, isProposal: true),
        ]
        let settings = ResolvedSettings([layer], command: .run)
        #expect(settings.entries == [])
        let diagnosis = SettingsDiagnosis(ofSetAside: settings) { entries in
            self.failure(entries) ?? (entries.isEmpty ? nil : "--on-failure <destination> needs a handler.")
        }
        #expect(diagnosis.remarks.map(\.description) == ["weir.toml:2:1: function is 'bad'; up to 10 is accepted"])
        #expect(diagnosis.ownFailure == nil)
    }

    @Test func consequencesOfWhatWasSaidAreNot() {
        let diagnosis = self.diagnosis(
            entry("handler", "bad", line: 1),
            entry("staging", "S", line: 2),
            entry("batch-size", "11", line: 3)
        )
        #expect(
            diagnosis.remarks.map(\.description) == [
                "weir.toml:3:1: batch-size is '11'; up to 10 is accepted",
                "weir.toml:1:1: handler is 'bad'; up to 10 is accepted",
            ]
        )
    }

    @Test func whatIsMissingIsToldWhereItIsNeeded() {
        let diagnosis = self.diagnosis(entry("handler", "delete", line: 6))
        #expect(
            diagnosis.remarks.map(\.description) == [
                "weir.toml:6:1: --handler delete needs --staging <table>: the table whose items are deleted."
            ]
        )
    }

    @Test func aFailureOfTheCommandLineItselfIsNotBlamedOnTheFile() {
        let settings = ResolvedSettings([[entry("batch-size", "5"), entry("for", "5")]], command: .run)
        for message in ["Unknown option '--frobnicate'", "Unknown option '--frob'. Did you mean '--for'?"] {
            let diagnosis = SettingsDiagnosis(of: settings) { _ in message }
            #expect(diagnosis.remarks == [])
            #expect(diagnosis.ownFailure == message)
        }
    }
}
