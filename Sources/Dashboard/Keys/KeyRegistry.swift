// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// All actions and their keys.
package struct KeyRegistry: Sendable {
    /// Two actions that want the same key in the same pane.
    package struct Clash: Hashable, Sendable {
        package var key: Key
        package var pane: Pane
        package var actions: [ActionID]

        package init(key: Key, pane: Pane, actions: [ActionID]) {
            self.key = key
            self.pane = pane
            self.actions = actions
        }
    }

    /// The actions, in the order of the help.
    package let actions: [Action]
    private let table: [Pane: [Key: ActionID]]

    /// Creates a registry; of two actions for one key the first wins.
    package init(actions: [Action]) {
        self.actions = actions
        var table: [Pane: [Key: ActionID]] = [:]
        for action in actions {
            for pane in action.panes {
                for key in action.keys where table[pane]?[key] == nil {
                    table[pane, default: [:]][key] = action.id
                }
            }
        }
        self.table = table
    }

    /// What a key does in a pane.
    package func action(for key: Key, in pane: Pane) -> ActionID? {
        self.table[pane]?[key]
    }

    /// An action by its name.
    package subscript(_ id: ActionID) -> Action? {
        self.actions.first { $0.id == id }
    }

    /// Keys that more than one action wants.
    package var clashes: [Clash] {
        var clashes: [Clash] = []
        for pane in Pane.allCases {
            var wanted: [Key: [ActionID]] = [:]
            for action in self.actions where action.panes.contains(pane) {
                for key in action.keys { wanted[key, default: []].append(action.id) }
            }
            clashes += wanted.filter { $0.value.count > 1 }.map { Clash(key: $0.key, pane: pane, actions: $0.value) }
        }
        return clashes
    }

    /// The actions of a pane's key bar.
    package func bar(for pane: Pane) -> [Action] {
        self.actions
            .filter { $0.panes.contains(pane) && $0.barOrder != nil }
            .sorted { ($0.barOrder ?? 0, $0.id.rawValue) < ($1.barOrder ?? 0, $1.id.rawValue) }
    }
}
