// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

@Suite
struct ReduceTests {
    private static func state(
        _ set: DataSet = .story,
        options: DashboardOptions = GoldenScreen.options
    ) -> DashboardState {
        DashboardState(session: set.session, options: options)
    }

    private static func type(_ text: String, into state: inout DashboardState) -> [DashboardEffect] {
        text.flatMap { state.reduce(.key(.character($0))) }
    }

    // MARK: Leaving

    @Test
    func qGoesBackOneLevelAndQuitsAtTheTop() {
        var state = Self.state()
        _ = Self.type("2", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        #expect(state.view.focus == .batches)
        #expect(Self.type("q", into: &state) == [])
        #expect(state.view.focus == .shards)
        _ = Self.type("z", into: &state)
        #expect(Self.type("q", into: &state) == [])
        #expect(Self.type("q", into: &state) == [.quit(interrupted: false)])
    }

    @Test
    func escapeNeverQuits() {
        var state = Self.state()
        for _ in 0..<20 { #expect(state.reduce(.key(Key(.escape))) == []) }
    }

    @Test
    func controlCIsHeardEverywhere() {
        var state = Self.state()
        #expect(state.reduce(.key(.control("c"))) == [.quit(interrupted: true)])
        _ = Self.type("2/", into: &state)
        #expect(state.reduce(.key(.control("c"))) == [.quit(interrupted: true)])
        #expect(state.reduce(.key(.control("z"))) == [.suspend])
        #expect(state.reduce(.terminated(.hangUp)) == [.quit(interrupted: true)])
        #expect(state.reduce(.redraw) == [.redrawAll])
    }

    // MARK: Steering

    @Test
    func spaceHoldsAndResumes() {
        var running = Self.state()
        #expect(Self.type(" ", into: &running) == [.send(.hold)])
        var held = Self.state(.held)
        #expect(Self.type(" ", into: &held) == [.send(.resume)])
        #expect(Self.type(".", into: &held) == [.send(.stepRecord)])
        #expect(Self.type("}", into: &held) == [.send(.stepBatch)])
    }

    @Test
    func steppingNeedsAHold() {
        var state = Self.state()
        #expect(Self.type(".", into: &state) == [])
        #expect(state.view.message?.isError == true)
        #expect(state.view.message?.text.contains("space") == true)
    }

    @Test(arguments: [" ", ".", "}", "m"])
    func readOnlyAsksNothingOfTheSession(_ key: String) {
        var state = Self.state(.held, options: DashboardOptions(capabilities: [.hold, .step, .mark], isReadOnly: true))
        #expect(Self.type(key, into: &state) == [])
        #expect(state.view.message?.text.contains("read-only") == true)
    }

    @Test(arguments: [" ", ".", "}", "m"])
    func whatTheSourceCannotDoIsRefused(_ key: String) {
        var state = Self.state(.held, options: DashboardOptions())
        #expect(Self.type(key, into: &state) == [])
        #expect(state.view.message?.isError == true)
    }

    @Test
    func aMarkerIsNamedAndSent() {
        var state = Self.state()
        // What is typed takes the place of the proposed name.
        _ = Self.type("mdeploy", into: &state)
        #expect(state.reduce(.key(Key(.enter))) == [.send(.marker("deploy"))])
        _ = Self.type("m", into: &state)
        #expect(state.reduce(.key(Key(.enter))) == [.send(.marker("mark 1"))])
        // Who moves in it or deletes of it changes it.
        _ = Self.type("m", into: &state)
        _ = state.reduce(.key(Key(.backspace)))
        _ = Self.type("2b", into: &state)
        #expect(state.reduce(.key(Key(.enter))) == [.send(.marker("mark 2b"))])
    }

    // MARK: Looking

    @Test
    func aFrozenViewStandsStillAndComesBackToNow() {
        var script = DataSet.makeStory(seconds: 10)
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        _ = Self.type("F", into: &state)
        let before = state.session
        script.batch(shard: 1, records: 3)
        script.advance(.seconds(10))
        script.sample()
        state.update(session: script.state)
        #expect(state.session == before)
        #expect(state.newest == script.state)
        _ = Self.type("F", into: &state)
        #expect(state.session == script.state)
    }

    @Test
    func theSelectionFollowsItsRow() {
        var script = DataSet.makeStory(seconds: 10)
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        _ = Self.type("3jj", into: &state)
        let selected = state.view.tables[.batches]?.selection
        for _ in 0..<5 { script.batch(shard: 1, records: 2) }
        state.update(session: script.state)
        #expect(state.view.tables[.batches]?.selection == selected)
        #expect(state.view.tables[.batches]?.position == 7)
    }

    @Test
    func aRowThatDisappearsLeavesTheSelectionToItsNeighbour() {
        var script = DataSet.makeStory(seconds: 5)
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        _ = Self.type("4g", into: &state)
        let first = state.view.tables[.records]?.selection
        for _ in 0..<25 { script.batch(shard: 1, records: 100) }
        state.update(session: script.state)
        #expect(state.view.tables[.records]?.selection != first)
        #expect(state.view.tables[.records]?.selection != nil)
        #expect(state.view.message?.text.contains("neighbour") == true)
    }

    @Test
    func movingStopsFollowingAndFFollowsAgain() {
        var state = Self.state()
        _ = Self.type("4", into: &state)
        #expect(state.view.tables[.records]?.isFollowing == true)
        _ = Self.type("k", into: &state)
        #expect(state.view.tables[.records]?.isFollowing == false)
        _ = Self.type("f", into: &state)
        #expect(state.view.tables[.records]?.position == (state.view.tables[.records]?.rows.count ?? 0) - 1)
    }

    @Test
    func aMessageGoesAfterFourSecondsOfTheSession() {
        var script = DataSet.makeStory(seconds: 5)
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        state.say("done")
        script.advance(.milliseconds(3500))
        script.sample()
        state.update(session: script.state)
        #expect(state.view.message != nil)
        script.advance(.milliseconds(700))
        script.sample()
        state.update(session: script.state)
        #expect(state.view.message == nil)
    }

    @Test
    func anErrorStaysUntilAKeyIsPressed() {
        var state = Self.state(.errors)
        #expect(state.view.message?.isError == true)
        state.update(session: DataSet.errors.session)
        #expect(state.view.message != nil)
        _ = state.reduce(.key(Key(.tab)))
        #expect(state.view.message == nil)
        state.update(session: DataSet.errors.session)
        #expect(state.view.message == nil)
    }

    @Test
    func whatWorksAgainTakesTheErrorFromTheScreen() {
        var script = DataSet.makeStory(seconds: 5)
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        let shard = SessionScript.shardID(1)
        script.publish(.notice(Notice(level: .error, shard: shard, code: "ConnectionFailed", message: "refused")))
        script.publish(.shardChanged(shard, .backingOff(reason: "ConnectionFailed", until: script.now)))
        state.update(session: script.state)
        #expect(state.view.message?.isError == true)
        #expect(render(state, theme: .dark, size: GoldenScreen.small).textLines[2].contains("1!"))
        script.advance(.seconds(1))
        script.emptyRead(shard: 1)
        script.publish(.shardChanged(shard, .reading))
        state.update(session: script.state)
        #expect(state.view.message?.text == "reading works again")
        #expect(state.view.message?.isError == false)
        #expect(!render(state, theme: .dark, size: GoldenScreen.small).textLines[2].contains("!"))
    }

    @Test
    func lookingAtTheEventsTakesTheBadgeAway() {
        var state = Self.state(.errors)
        func tabs() -> String { render(state, theme: .dark, size: GoldenScreen.small).textLines[2] }
        #expect(tabs().contains("!"))
        _ = Self.type("6", into: &state)
        _ = Self.type("2", into: &state)
        #expect(!tabs().contains("!"))
    }

    // MARK: Filters

    @Test
    func aFilterWorksWhileItIsTyped() {
        var state = Self.state()
        _ = Self.type("2/state:cl", into: &state)
        #expect(state.view.tables[.shards]?.rows.count == 1)
        #expect(state.view.tables[.shards]?.total == 5)
        _ = state.reduce(.key(Key(.escape)))
        #expect(state.view.tables[.shards]?.rows.count == 5)
    }

    @Test
    func aBadFilterKeepsTheLastGoodOne() {
        var state = Self.state()
        _ = Self.type("2/state:closed", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        _ = Self.type("/", into: &state)
        _ = state.reduce(.paste(" nope:1"))
        #expect(state.view.tables[.shards]?.filterError != nil)
        #expect(state.view.tables[.shards]?.rows.count == 1)
    }

    @Test
    func theBeginningOfABadFilterHidesNothing() {
        var state = Self.state()
        _ = Self.type("2/state:open", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        let rows = state.view.tables[.shards]?.rows
        #expect(rows?.isEmpty == false)
        _ = Self.type("/", into: &state)
        _ = state.reduce(.key(.control("u")))
        // The first three letters are a filter of their own, which no row matches.
        _ = Self.type("lag>", into: &state)
        #expect(state.view.tables[.shards]?.filterError != nil)
        #expect(state.view.tables[.shards]?.rows == rows)
        // It is no filter yet, so it is not taken.
        _ = state.reduce(.key(Key(.enter)))
        #expect(state.view.prompt != nil)
        _ = Self.type("1s", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        #expect(state.view.prompt == nil)
        #expect(state.view.tables[.shards]?.rows.count == 1)
    }

    @Test(arguments: [("3/time>1ms", true), ("3/time>1s", false), ("4/size>172B", true), ("4/size>1KiB", false)])
    func figuresOfAFilterHaveTheUnitsOfTheTable(_ keys: String, _ expected: Bool) throws {
        var state = Self.state()
        _ = Self.type(keys, into: &state)
        let table = try #require(state.view.tables[state.view.focus])
        #expect(table.filterError == nil)
        #expect(table.rows.isEmpty != expected)
    }

    @Test
    func theNextRecordIsShownWithoutGoingBack() {
        var state = Self.state()
        _ = Self.type("4gj", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        let second = state.selectedRecord?.record.eventID
        _ = Self.type("J", into: &state)
        #expect(state.view.focus == .record)
        let third = state.selectedRecord?.record.eventID
        #expect(third != second && third != nil)
        _ = Self.type("KK", into: &state)
        let first = state.selectedRecord?.record.eventID
        #expect(first != second && first != third)
        _ = Self.type("K", into: &state)
        #expect(state.selectedRecord?.record.eventID == first)
        #expect(state.view.message?.text.contains("first record") == true)
    }

    @Test(
        arguments: [
            ("event:MODIFY", ChangeKind.modify), ("event:REMOVE", .remove), ("new.carrier:post", .modify),
            ("old.note:call new.status:shipped", .modify), ("!event:insert !event:modify", .remove),
        ]
    )
    func recordFiltersReachTheImages(_ filter: String, _ kind: ChangeKind) throws {
        var state = Self.state()
        _ = Self.type("4/\(filter)", into: &state)
        let table = try #require(state.view.tables[.records])
        #expect(!table.rows.isEmpty && table.rows.count < table.total)
        #expect(table.rows.allSatisfy { state.session.records[$0].record.kind == kind })
    }

    @Test
    func enteringABatchShowsItsRecordsAndEscapeGoesBack() {
        var state = Self.state()
        _ = Self.type("3j", into: &state)
        let batch = state.session.batches[state.view.tables[.batches]?.rows[1] ?? 0]
        _ = state.reduce(.key(Key(.enter)))
        #expect(state.view.focus == .records)
        #expect(state.view.tables[.records]?.rows.count == batch.description.records.count)
        _ = state.reduce(.key(Key(.escape)))
        #expect(state.view.focus == .batches)
        #expect(state.view.tables[.records]?.filter == nil)
    }

    @Test
    func pastedTextIsNeverRunAsKeys() {
        var state = Self.state()
        #expect(state.reduce(.paste("qqq  ")) == [])
        #expect(state.view.focus == .overview)
        _ = Self.type("2/", into: &state)
        _ = state.reduce(.paste("state:closed\n"))
        #expect(state.view.tables[.shards]?.rows.count == 1)
    }

    @Test
    func sortingIsByFigureAndUnknownComesLast() throws {
        var state = Self.state()
        _ = Self.type("2ooo", into: &state)
        let table = try #require(state.view.tables[.shards])
        #expect(table.sortColumn == "lag")
        let lags = table.rows.map { state.session.lag(of: state.session.shards[$0]) }
        #expect(
            lags == [.exactly(.milliseconds(1200)), .exactly(.milliseconds(900)), .exactly(.zero), nil, nil]
        )
        _ = Self.type("O", into: &state)
        let reversed = try #require(state.view.tables[.shards]).rows.map {
            state.session.lag(of: state.session.shards[$0])
        }
        #expect(
            reversed == [.exactly(.zero), .exactly(.milliseconds(900)), .exactly(.milliseconds(1200)), nil, nil]
        )
    }

    @Test
    func copySendsWhatIsSelected() {
        var state = Self.state()
        _ = Self.type("2", into: &state)
        #expect(Self.type("y", into: &state) == [.copy(SessionScript.shardID(1).text)])
        _ = Self.type("4", into: &state)
        guard case .copy(let text)? = Self.type("y", into: &state).first else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.contains("\"eventName\":"))
    }

    @Test
    func theHelpIsSearchedAndClosed() {
        var state = Self.state()
        _ = Self.type("?/freeze", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        let text = render(state, theme: .dark, size: GoldenScreen.small).textLines.joined()
        #expect(text.contains("Freeze the view") && !text.contains("Next pane"))
        _ = state.reduce(.key(Key(.escape)))
        #expect(state.view.isHelpOpen)
        _ = Self.type("q", into: &state)
        #expect(!state.view.isHelpOpen)
    }

    @Test
    func theRobotPressesEverythingAndNothingBreaks() {
        var keys: [Key] = "?/:.}{[]<>hjklgGnNfFoOzdymuqLT0123456789 ".map { Key(.character($0)) }
        keys += [
            Key(.enter), Key(.escape), Key(.tab), Key(.backTab), Key(.backspace), Key(.pageDown), Key(.pageUp),
            Key(.home),
        ]
        keys += "abdefluw".map { Key.control($0) }
        let sizes = [
            GoldenScreen.small, GoldenScreen.large, ScreenSize(columns: 61, rows: 15), ScreenSize(columns: 3, rows: 2),
        ]
        var seed: UInt64 = 11
        for set in DataSet.allCases {
            var state = Self.state(set)
            for step in 0..<300 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                _ = state.reduce(.key(keys[Int(seed >> 33) % keys.count]))
                if step % 50 == 0 { _ = state.reduce(.resized(sizes[step / 50 % sizes.count])) }
                if step % 20 == 0 { _ = render(state, theme: .dark, size: state.view.size) }
            }
        }
    }
}
