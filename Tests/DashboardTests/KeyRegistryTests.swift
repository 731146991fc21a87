// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import Testing

@Suite
struct KeyRegistryTests {
    @Test
    func noKeyMeansTwoThingsInOnePane() {
        #expect(KeyRegistry.standard.clashes.isEmpty)
        #expect(KeyRegistry.playback.clashes.isEmpty)
    }

    @Test
    func aClashIsFound() {
        let registry = KeyRegistry(actions: [
            Action(.help, [.character("x")], label: "a", help: "a"),
            Action(.zoom, [.character("x")], in: [.shards], label: "b", help: "b"),
        ])
        #expect(registry.clashes == [.init(key: .character("x"), pane: .shards, actions: [.help, .zoom])])
        #expect(registry.action(for: .character("x"), in: .shards) == .help)
    }

    @Test(arguments: ActionID.allCases)
    func everyActionHasAKeyAndWords(_ id: ActionID) throws {
        let action = try #require(KeyRegistry.standard[id] ?? KeyRegistry.playback[id])
        #expect(!action.keys.isEmpty && !action.panes.isEmpty && !action.help.isEmpty && !action.label.isEmpty)
    }

    /// Prefixes of tmux and screen, flow control, kill line, function keys: some people cannot type them.
    @Test
    func nothingIsReachableOnlyByAKeyThatOthersTake() {
        let taken: Set<Key> = [.control("a"), .control("b"), .control("s"), .control("q"), .control("k")]
        for action in KeyRegistry.standard.actions + KeyRegistry.playback.actions {
            let free = action.keys.filter { key in
                if case .function = key.code { return false }
                return !taken.contains(key)
            }
            #expect(!free.isEmpty, "\(action.id)")
        }
    }

    @Test(
        arguments: [
            (Key.character(" "), "space"), (.control("c"), "^C"), (Key(.backTab), "S-tab"), (Key(.function(1)), "F1"),
            (.character("G"), "G"), (Key(.character("2"), alt: true), "alt-2"), (Key(.pageDown), "PgDn"),
        ]
    )
    func keysHaveNames(_ key: Key, _ name: String) {
        #expect(key.name() == name)
    }

    @Test func enterInTheOverviewIsSaidToZoomAsItDoes() throws {
        for registry in [KeyRegistry.standard, .playback] {
            let id = try #require(registry.action(for: Key(.enter), in: .overview))
            #expect(registry[id]?.label == "zoom")
        }
        var state = DashboardState(session: DataSet.story.session, options: GoldenScreen.options)
        _ = state.reduce(.key(Key(.enter)))
        #expect(state.view.isZoomed)
    }

    @Test(arguments: Pane.allCases)
    func theKeyBarShowsKeysOfItsPaneAndTheHelp(_ pane: Pane) {
        var state = DashboardState(session: DataSet.story.session, options: GoldenScreen.options)
        state.view.focus = pane
        let bar = render(state, theme: .dark, size: GoldenScreen.small).textLines[23]
        #expect(bar.contains("space hold") && bar.hasSuffix("? help"))
    }
}
