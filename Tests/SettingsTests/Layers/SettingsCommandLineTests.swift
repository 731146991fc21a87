// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("Settings on the command line")
struct SettingsCommandLineTests {
    private func values(_ arguments: String...) -> [String: [String]] {
        SettingsLayer(entries: SettingsCommandLine.read(arguments)).values
    }

    @Test func optionsAreFoundInBothForms() {
        #expect(
            self.values("--table", "T", "--batch-size=5", "-y", "--yes", "--until-shards-end")
                == ["table": ["T"], "batch-size": ["5"], "until-shards-end": ["true"]]
        )
    }

    @Test func shortNamesAndInversesCount() {
        #expect(
            self.values("--batch-window", "2s", "--no-enabled", "--dry-run", "--no-dry-run")
                == ["maximum-batching-window": ["2s"], "enabled": ["false"], "dry-run": ["false"]]
        )
    }

    @Test func aValueThatBeginsWithDashesIsNoOption() {
        #expect(
            self.values("--maximum-retry-attempts", "-1", "--pipeline", "--table", "--region", "r")
                == ["maximum-retry-attempts": ["-1"], "pipeline": ["--table"], "region": ["r"]]
        )
    }

    @Test func theLastOneCountsAndListsAddUp() {
        #expect(
            self.values("--batch-size", "1", "--batch-size", "2", "--filter", "a", "--filter", "b")
                == ["batch-size": ["2"], "filter": ["a", "b"]]
        )
    }

    @Test func whatFollowsTwoDashesIsTheProgram() {
        #expect(
            self.values("--handler", "command", "--", "./x", "--table", "T")
                == ["handler": ["command"], "command": ["./x", "--table", "T"]]
        )
    }

    @Test func theNamesOfFilesAreFoundBeforeTwoDashes() {
        let arguments = ["--config", "a", "--config=b", "--", "--config", "c", "--mapping", "m"]
        #expect(SettingsCommandLine.value(of: "config", in: arguments) == "b")
        #expect(SettingsCommandLine.value(of: "mapping", in: arguments) == nil)
    }
}
