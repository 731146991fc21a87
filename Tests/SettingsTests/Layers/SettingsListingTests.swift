// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("Settings as a file")
struct SettingsListingTests {
    @Test func whatHoldsIsShownWithWhereItComesFrom() throws {
        let settings = ResolvedSettings(
            [
                [
                    entry("table", "Or\"ders", line: 3), entry("batch-size", "500", line: 4),
                    entry("filter", "{\"a\":[\"b\"]}", "it's", line: 5),
                    entry("function", "f", line: 6, isProposal: true),
                    entry("handler-env", "STAGE=test", "HOME", line: 7),
                ],
                [SettingEntry(setting("batch-size"), ["7"], source: .variable("WEIR_BATCH_SIZE"))],
                [SettingEntry(setting("handler"), ["command"], source: .option("--handler"))],
            ],
            command: nil
        )
        let lines = SettingsListing.effective(settings)
        func line(_ start: String) throws -> String { try #require(lines.first { $0.hasPrefix(start) }) }
        #expect(try line("table").hasSuffix("# weir.toml:3:1"))
        #expect(try line("table").hasPrefix("table = 'Or\"ders' "))
        #expect(try line("batch-size").hasPrefix("batch-size = 7 "))
        #expect(try line("batch-size").hasSuffix("# WEIR_BATCH_SIZE"))
        #expect(try line("filter").hasPrefix("filter = ['{\"a\":[\"b\"]}', \"it's\"] "))
        #expect(try line("handler ").hasSuffix("# --handler"))
        #expect(try line("handler-env").hasPrefix("handler-env = [\"STAGE=…\", \"HOME\"] "))
        #expect(try line("pipeline").hasSuffix("# default"))
        #expect(try line("# region").hasSuffix("# default: AWS_REGION, AWS_DEFAULT_REGION, then the profile's"))
        #expect(
            lines.contains {
                $0.hasPrefix("# function = \"f\"") && $0.hasSuffix("the handler is command, set by --handler")
            }
        )
    }

    @Test func whatIsShownIsAFileThatSaysTheSame() {
        let entries = [
            entry("table", "a\u{1B}\\\n\t\"'"), entry("until-idle", "5"), entry("for", "5m"), entry("enabled", "false"),
            entry("events", "INSERT", "MODIFY"), entry("max-records", "007"), entry("command", "./x", "a b"),
        ]
        let settings = ResolvedSettings([entries], command: nil)
        let layer = SettingsFile.read(SettingsListing.effective(settings).joined(separator: "\n"), file: "weir.toml")
        #expect(layer.remarks == [])
        for entry in entries { #expect(layer.values[entry.setting.key] == entry.values) }
    }

    @Test func theTemplateHasAllSettingsAndSetsNone() {
        let lines = SettingsListing.template(name: "orders.toml")
        #expect(SettingsFile.read(lines.joined(separator: "\n"), file: "orders.toml") == SettingsLayer())
        for setting in PipelineSetting.all {
            let line = "\(setting.key) = \(setting.example)"
            #expect(lines.contains("#\(line)") != lines.contains("##\(line)"))
            #expect(lines.contains("# \(setting.about)"))
        }
        #expect(lines.contains { $0.contains("--config orders.toml") })
    }

    @Test func eachLineOfTheTemplateIsReadWhenItsMarkIsTakenAway() {
        for line in SettingsListing.template(name: "weir.toml") where line.hasPrefix("#") && !line.hasPrefix("# ") {
            let layer = SettingsFile.read(String(line.drop { $0 == "#" }), file: "weir.toml")
            #expect(layer.remarks == [] && layer.entries.count == 1 || line == "#", "\(line): \(layer.lines)")
        }
    }

    @Test func theTemplateSaysWhereAMappingHasEachSettingThatItReads() throws {
        let lines = SettingsListing.template(name: "weir.toml")
        let mapped = SettingsFile.read(MappingFileTests.mapping, file: "mapping.json").entries.map(\.setting.key)
        #expect(mapped.contains("filter") && mapped.contains("on-failure") && mapped.contains("function"))
        for key in mapped {
            let index = try #require(lines.firstIndex { $0.drop { $0 == "#" }.hasPrefix("\(key) = ") })
            let comments = lines[..<index].reversed().prefix { $0 != "" }
            #expect(comments.contains { $0.hasPrefix("# In an event source mapping: ") }, "\(key)")
        }
    }

    @Test func whatIsSaidOfASettingStandsBehindItsSource() {
        let settings = ResolvedSettings([[entry("maximum-batching-window", "1500ms", line: 2)]], command: nil)
        let lines = SettingsListing.effective(settings) { $0.values == ["1500ms"] ? "not whole" : nil }
        #expect(
            lines.contains { $0.hasPrefix("maximum-batching-window") && $0.hasSuffix("# weir.toml:2:1; not whole") }
        )
    }

    @Test func namesVariablesAndParametersAreThereOnce() {
        let names = PipelineSetting.all.flatMap { [$0.key] + $0.aliases }
        #expect(Set(names).count == names.count)
        let parameters = PipelineSetting.all.compactMap(\.parameter)
        #expect(Set(parameters).count == parameters.count)
        #expect(PipelineSetting.named("maximum-batching-window")?.variable == "WEIR_MAXIMUM_BATCHING_WINDOW")
    }
}
