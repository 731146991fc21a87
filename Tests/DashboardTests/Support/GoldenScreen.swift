// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import StreamSession
import TerminalCells
import Testing

/// A screen that a golden file shows.
struct GoldenScreen: Sendable, CustomTestStringConvertible {
    let name: String
    let pane: Pane
    let size: ScreenSize
    let state: DashboardState

    var testDescription: String { self.name }

    init(_ set: DataSet, _ pane: Pane, _ size: ScreenSize) {
        self.name = "\(set.rawValue)-\(pane.title.lowercased())-\(size)"
        self.pane = pane
        self.size = size
        var state = DashboardState(session: set.session, options: Self.options)
        _ = state.reduce(.resized(size))
        if pane != .overview { _ = state.reduce(.key(.character(Character("\(pane.rawValue)")))) }
        state.view.message = nil
        self.state = state
    }

    init(_ name: String, _ set: DataSet, _ size: ScreenSize, options: DashboardOptions = Self.options, keys: [Key]) {
        self.name = "\(name)-\(size)"
        self.size = size
        var state = DashboardState(session: set.session, options: options)
        _ = state.reduce(.resized(size))
        for key in keys { _ = state.reduce(.key(key)) }
        self.pane = state.view.focus
        self.state = state
    }

    init(
        _ name: String,
        _ size: ScreenSize,
        _ capabilities: SessionCapabilities,
        _ change: (inout DashboardState) -> Void
    ) {
        self.name = "\(name)-\(size)"
        self.size = size
        let options = DashboardOptions(capabilities: capabilities)
        var state = DashboardState(session: DataSet.story.session, options: options)
        _ = state.reduce(.resized(size))
        change(&state)
        self.pane = state.view.focus
        self.state = state
    }

    static let options = DashboardOptions(capabilities: [.hold, .step, .mark])
    static let small = ScreenSize(columns: 80, rows: 24)
    static let medium = ScreenSize(columns: 120, rows: 40)
    static let large = ScreenSize(columns: 200, rows: 60)

    /// Every pane with every data set alone, and all panes together where they fit.
    static let all: [GoldenScreen] = {
        var screens: [GoldenScreen] = []
        for set in DataSet.allCases {
            for pane in Pane.allCases { screens.append(GoldenScreen(set, pane, Self.small)) }
            screens.append(GoldenScreen(set, .records, Self.medium))
            screens.append(GoldenScreen(set, .events, Self.medium))
            screens.append(GoldenScreen(set, .shards, Self.large))
        }
        // Every pane at every size, of a session as it is most of the time and of one with troubles.
        for set in [DataSet.story, .errors] {
            for pane in Pane.allCases {
                if pane != .records, pane != .events { screens.append(GoldenScreen(set, pane, Self.medium)) }
                if pane != .shards { screens.append(GoldenScreen(set, pane, Self.large)) }
            }
        }
        return screens + Self.views
    }()

    private static func text(_ text: String) -> [Key] {
        text.map { Key(.character($0)) }
    }

    private static let goBack: @Sendable (inout DashboardState) -> Void = { state in
        let then = DataSet.makeStory(seconds: 40).state
        guard let at = then.asOf else { return }
        state.show(PastView(moment: PastView.Moment(at: at, state: then)))
    }

    private static let propose: @Sendable (inout DashboardState) -> Void = { state in
        state.view.focus = .batches
        var session = state.session
        session.replay = ReplayStatus(
            proposal: ReplayStatus.Proposal(
                number: 1,
                question: "Send 40 records to delete from StagingTable (batch) again?",
                lines: [
                    "sends again    40 records of batch 326",
                    "with the keys  order#77124, order#77125, order#77126, order#77127, order#77128 and 35 more",
                    "left out       2 MODIFY: not handled by this handler",
                    "to             delete from StagingTable (batch)", "account        123456789012",
                    "region         eu-central-1", "endpoint       AWS",
                    "if it fails    a batch that fails is given up at once; no position moves",
                ]
            )
        )
        state.update(session: session)
    }

    private static let views: [GoldenScreen] = [
        GoldenScreen("view-small", .story, ScreenSize(columns: 60, rows: 15), keys: []),
        GoldenScreen("view-too-small", .story, ScreenSize(columns: 40, rows: 10), keys: []),
        GoldenScreen("view-help", .story, Self.small, keys: [.character("?")]),
        GoldenScreen("view-help-search", .story, Self.medium, keys: [.character("?")] + Self.text("/hold")),
        GoldenScreen("view-filter", .story, Self.small, keys: Self.text("4/event:MODIFY new.total>4800")),
        GoldenScreen("view-bad-filter", .story, Self.small, keys: Self.text("2/state:open lagg:3")),
        GoldenScreen("view-filter-hides-all", .story, Self.small, keys: Self.text("3/shard:nowhere") + [Key(.enter)]),
        GoldenScreen("view-sorted", .story, Self.medium, keys: Self.text("2ooo")),
        GoldenScreen("view-overview-zoomed", .story, Self.medium, keys: Self.text("1z")),
        GoldenScreen("view-record-typed", .story, Self.medium, keys: Self.text("5zdnn")),
        GoldenScreen("view-record-raw", .story, Self.small, keys: Self.text("5dd")),
        GoldenScreen("view-record-plain", .story, Self.small, keys: Self.text("5ddd")),
        GoldenScreen("view-record-side-by-side", .story, Self.medium, keys: Self.text("5z")),
        GoldenScreen("view-shards-zoomed", .errors, Self.medium, keys: Self.text("2z")),
        GoldenScreen("view-batches-zoomed", .errors, Self.medium, keys: Self.text("3z")),
        GoldenScreen("view-frozen", .story, Self.medium, keys: Self.text("F")),
        GoldenScreen(
            "view-read-only",
            .story,
            Self.small,
            options: DashboardOptions(capabilities: [.hold], isReadOnly: true),
            keys: Self.text(" ")
        ),
        GoldenScreen(
            "view-ascii",
            .story,
            Self.medium,
            options: DashboardOptions(capabilities: [.hold, .step, .mark], glyphs: .ascii),
            keys: Self.text("2")
        ),
        GoldenScreen(
            "view-block",
            .held,
            Self.small,
            options: DashboardOptions(capabilities: [.hold, .step, .mark], glyphs: .block),
            keys: []
        ),
        GoldenScreen("view-past", Self.small, [.hold, .step, .mark, .past], Self.goBack),
        GoldenScreen("view-past", Self.medium, [.hold, .step, .mark, .past], Self.goBack),
        GoldenScreen("view-replay", Self.small, [.hold, .replay], Self.propose),
        GoldenScreen("view-replay", Self.medium, [.hold, .replay], Self.propose),
        GoldenScreen("view-chosen", Self.medium, [.hold, .replay]) { state in
            for key in Self.text("4gvv") { _ = state.reduce(.key(key)) }
        },
    ]
}
