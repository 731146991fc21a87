// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// Which lines are written: a level for all components, and levels of some.
struct LogLevels: Hashable, Sendable {
    /// The level of components that have none of their own.
    var common: Logger.Level
    /// Levels of single components.
    var byComponent: [LogComponent: Logger.Level]

    /// Creates levels.
    init(_ common: Logger.Level, byComponent: [LogComponent: Logger.Level] = [:]) {
        self.common = common
        self.byComponent = byComponent
    }

    /// The least weighty level that a component writes.
    subscript(component: LogComponent) -> Logger.Level {
        self.byComponent[component] ?? self.common
    }

    /// Reads `info`, `engine=debug` or `info,engine=debug,client=trace`, for an option's `transform`.
    ///
    /// What is said twice counts as it was said last.
    @Sendable static func read(_ text: String) throws -> LogLevels {
        var levels = LogLevels(.debug)
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).lowercased()
            }
            guard let last = words.last, let level = Logger.Level(rawValue: last) else { throw Self.refusal }
            guard words.count == 2 else {
                levels.common = level
                continue
            }
            guard let component = LogComponent(rawValue: words[0]) else { throw Self.refusal }
            levels.byComponent[component] = level
        }
        return levels
    }

    private static var refusal: ValidationError {
        ValidationError(
            "\(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")) are accepted, for all or behind "
                + "\(LogComponent.allCases.map { "\($0.rawValue)=" }.joined(separator: ", ")), with commas between them"
        )
    }
}
