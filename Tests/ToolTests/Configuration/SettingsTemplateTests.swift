// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@testable import weir

/// What `weir config init` writes, with marks taken away, as its own check sees it.
///
/// An executable has no other way to be seen by its tests.
@Suite("The settings file to begin with", .timeLimit(.minutes(1)))
struct SettingsTemplateTests {
    private static let lines = SettingsListing.template(name: "weir.toml")

    /// Takes one mark from each line that has one mark, as whoever wants everything would.
    private static func uncommented(_ line: String) -> String {
        line.hasPrefix("#") && !line.hasPrefix("##") && !line.hasPrefix("# ") ? String(line.dropFirst()) : line
    }

    @Test func allOfItHoldsTogetherWithoutItsMarks() {
        let text = Self.lines.map(Self.uncommented).joined(separator: "\n")
        let layer = SettingsFile.read(text, file: "weir.toml")
        let keys = layer.entries.map(\.setting.key)
        #expect(keys.contains("table") && keys.contains("batch-size") && keys.contains("theme"))
        let check = SettingsCheck(text, file: "weir.toml")
        #expect(check.lines == ["weir.toml: \(layer.entries.count) settings, nothing is wrong"])
    }

    @Test(arguments: HandlerKind.allCases.filter { $0 != .observe })
    func eachHandlerHoldsWithTheLinesOfItsSection(handler: HandlerKind) {
        var section = ""
        let text = Self.lines.map { line in
            if line.hasPrefix("# --- ") { section = line }
            if line.hasPrefix("#handler = ") { return "handler = \"\(handler.rawValue)\"" }
            guard line.hasPrefix("##"), section == "# --- Handler \(handler.rawValue) ---" else {
                return Self.uncommented(line)
            }
            return String(line.dropFirst(2))
        }.joined(separator: "\n")
        let check = SettingsCheck(text, file: "weir.toml")
        #expect(!check.isWrong, "\(check.lines)")
        let owned = PipelineSetting.all.filter { $0.owner == .handler(handler.rawValue) }.map(\.key)
        #expect(Set(owned).isSubset(of: SettingsFile.read(text, file: "weir.toml").entries.map(\.setting.key)))
    }

    @Test func aStreamInPlaceOfTheTableHolds() {
        let text = Self.lines.map { line in
            line.hasPrefix("#table = ")
                ? line : line.hasPrefix("##stream-arn = ") ? String(line.dropFirst(2)) : Self.uncommented(line)
        }.joined(separator: "\n")
        #expect(!SettingsCheck(text, file: "weir.toml").isWrong)
    }
}
