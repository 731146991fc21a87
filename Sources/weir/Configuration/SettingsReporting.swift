// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Settings

/// A command that tells where its settings come from.
protocol SettingsReporting: ParsableCommand {
    /// Runs with the settings that hold.
    func run(settings: ResolvedSettings) throws
}
