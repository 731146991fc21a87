// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("Other names of settings")
struct SettingAliasTests {
    private static let aliases = PipelineSetting.all.flatMap { setting in setting.aliases.map { (setting, $0) } }

    @Test func thereAreSome() {
        #expect(Self.aliases.map(\.1).contains("batch-window"))
    }

    @Test(arguments: aliases)
    func theyHoldInEveryLayer(setting: PipelineSetting, alias: String) throws {
        let file = SettingsFile.read("\(alias) = \(setting.example)", file: "weir.toml")
        let values = try #require(file.values[setting.key])
        #expect(file.remarks == [])
        #expect(file.entries.map(\.name) == [alias])

        let variable = "WEIR_" + alias.uppercased().replacing("-", with: "_")
        #expect(setting.variables.contains(variable))
        let environment = SettingsEnvironment.read([variable: try #require(values.first)])
        #expect(environment.remarks == [])
        #expect(environment.values == [setting.key: values])
        #expect(environment.entries.first?.source == .variable(variable))

        let options = SettingsCommandLine.read(["--\(alias)"] + values)
        #expect(SettingsLayer(entries: options).values == [setting.key: values])
    }

    @Test func twoNamesWithTwoValuesAreAContradiction() {
        let layer = SettingsEnvironment.read(["WEIR_BATCH_WINDOW": "3s", "WEIR_MAXIMUM_BATCHING_WINDOW": "4s"])
        #expect(layer.isWrong)
        #expect(layer.lines.first?.contains("is set twice, at WEIR_BATCH_WINDOW to something else") == true)
    }

    @Test func aMisspeltOneIsRefused() {
        let layer = SettingsEnvironment.read(["WEIR_BACH_WINDOW": "3s"])
        #expect(layer.lines == ["WEIR_BACH_WINDOW: is no variable of a setting; did you mean WEIR_BATCH_WINDOW?"])
    }
}
