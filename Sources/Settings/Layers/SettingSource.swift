// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where a setting comes from.
package enum SettingSource: Hashable, Sendable, CustomStringConvertible {
    /// A place in a file.
    case file(String, TextPlace)
    /// A variable of the environment.
    case variable(String)
    /// The command line.
    case option(String)

    /// `weir.toml:3:1`, `WEIR_BATCH_SIZE`, `--batch-size`.
    package var description: String {
        switch self {
        case .file(let file, let place): "\(file):\(place)"
        case .variable(let name): name
        case .option(let name): name
        }
    }

    /// Places of a file come in its order, and before all others.
    package static func isBefore(_ left: SettingSource, _ right: SettingSource) -> Bool {
        switch (left, right) {
        case (.file(let left, let first), .file(let right, let second)): (left, first) < (right, second)
        case (.file, _): true
        default: false
        }
    }
}
