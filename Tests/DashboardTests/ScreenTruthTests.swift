// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// What stands on the screen must be true, and whole.
@Suite
struct ScreenTruthTests {
    private static func lines(_ session: SessionState, _ size: ScreenSize, keys: String = "") -> [String] {
        var state = DashboardState(session: session, options: GoldenScreen.options)
        _ = state.reduce(.resized(size))
        for key in keys { _ = state.reduce(.key(.character(key))) }
        return render(state, theme: .dark, size: size).textLines
    }

    private static func text(_ session: SessionState, _ size: ScreenSize, keys: String = "") -> String {
        Self.lines(session, size, keys: keys).joined(separator: "\n")
    }

    private static func session(
        _ kind: ChangeKind,
        old: Bool,
        new: Bool,
        viewType: StreamViewType
    ) -> SessionState {
        var script = SessionScript()
        script.publish(.started(SessionScript.description(viewType: viewType)))
        script.listShard(1)
        script.publish(.shardChanged(SessionScript.shardID(1), .reading))
        let keys: Item = ["messageId": .string("m-1"), "createdAt": .number(DecimalNumber(5))]
        var image = keys
        image["v"] = .number(DecimalNumber(2))
        let record = StreamRecord(
            eventID: EventID("e1"),
            kind: kind,
            keys: RawItem(keys),
            oldImage: old ? RawItem(image) : nil,
            newImage: new ? RawItem(image) : nil,
            sequenceNumber: SessionScript.sequence(1),
            createdAt: script.now,
            size: ByteCount(60),
            viewType: viewType
        )
        script.batch(shard: SessionScript.shardID(1), of: [record])
        return script.state
    }

    // MARK: Streams with one image

    @Test(
        arguments: [
            (ChangeKind.modify, false, true, StreamViewType.newImage, "new image: v 2"),
            (.modify, true, false, .oldImage, "old image: v 2"), (.insert, false, true, .newImage, "+v 2"),
            (.remove, true, false, .oldImage, "-v 2"),
            (.insert, false, false, .oldImage, "new image not in this stream's view type (OLD_IMAGE)"),
            (.remove, false, false, .newImage, "old image not in this stream's view type (NEW_IMAGE)"),
            (.modify, false, false, .keysOnly, "images not in this stream's view type (KEYS_ONLY)"),
        ]
    )
    func theListSaysOfOneImageWhatItIs(
        _ kind: ChangeKind,
        _ old: Bool,
        _ new: Bool,
        _ viewType: StreamViewType,
        _ expected: String
    ) throws {
        let session = Self.session(kind, old: old, new: new, viewType: viewType)
        let row = try #require(
            Self.lines(session, GoldenScreen.large, keys: "4z").first { $0.contains("m-1") }
        )
        #expect(row.contains("  \(expected)  "))
    }

    @Test(
        arguments: [
            (ChangeKind.modify, false, true, StreamViewType.newImage, "changes unknown"),
            (.modify, true, true, .newAndOldImages, "0 changes"), (.insert, false, false, .oldImage, "changes unknown"),
            (.insert, false, true, .newImage, "1 change "), (.remove, true, false, .oldImage, "1 change "),
        ]
    )
    func changesThatNobodyKnowsAreNotCounted(
        _ kind: ChangeKind,
        _ old: Bool,
        _ new: Bool,
        _ viewType: StreamViewType,
        _ expected: String
    ) {
        let session = Self.session(kind, old: old, new: new, viewType: viewType)
        #expect(Self.lines(session, GoldenScreen.small, keys: "5")[3].contains(expected))
    }

    // MARK: Head

    @Test
    func aSessionThatDeletesSaysSoAtEverySize() {
        for columns in [60, 70, 80, 100, 120, 160, 200] {
            let line = Self.lines(DataSet.story.session, ScreenSize(columns: columns, rows: 40))[0]
            #expect(line.contains("delete"), "\(columns): \(line)")
        }
    }

    @Test(
        arguments: [
            (120, "delete from StagingEvents "), (200, "delete from StagingEvents (batch)"), (80, "deletes"),
            (60, "deletes"),
        ]
    )
    func theFirstLineSaysAsMuchOfTheHandlerAsFitsAndKeepsTheEndpoint(_ columns: Int, _ handler: String) {
        let line = Self.lines(DataSet.story.session, ScreenSize(columns: columns, rows: 20))[0]
        #expect(line.contains(handler) && line.contains("127.0.0.1:41235"), "\(line)")
    }

    @Test(arguments: [GoldenScreen.medium, GoldenScreen.large])
    func theLagOfTheFirstLineIsTheOneOverItsChart(_ size: ScreenSize) throws {
        var script = DataSet.makeStory(seconds: 20)
        script.sample(waiting: 1, oldest: .milliseconds(4321))
        script.advance(.milliseconds(700))
        script.emptyRead(shard: 1)
        let lines = Self.lines(script.state, size, keys: "1z")
        let lag = try #require(lines[0].firstMatch(of: #/lag (\S+)/#)).output.1
        #expect(lines.contains { $0.contains("┌ lag ─") && $0.contains("─ \(lag) ┐") }, "\(lag)")
    }

    @Test
    func noFigureOfTheSecondLineIsCut() {
        let whole = Self.lines(DataSet.story.session, ScreenSize(columns: 300, rows: 60))[1]
        for columns in 100...200 {
            let line = Self.lines(DataSet.story.session, ScreenSize(columns: columns, rows: 40))[1]
            #expect(!line.contains("…"))
            let words = line.split(separator: " ").filter {
                $0.contains(where: \.isLetter) || $0.contains(where: \.isNumber)
            }
            for word in words { #expect(whole.contains(" \(word)"), "\(columns): \(word)") }
        }
    }

    @Test
    func aNameThatIsCutShowsIt() {
        var script = SessionScript()
        script.publish(.started(SessionScript.description(tableName: "MessagesTableOfTheShop")))
        let line = Self.lines(script.state, ScreenSize(columns: 60, rows: 15))[0]
        #expect(line.contains("…"))
    }

    @Test
    func aServiceThatDoesNotAnswerIsStaleAndThenOffline() {
        var script = DataSet.makeStory(seconds: 20)
        script.sample()
        func mode(after seconds: Int) -> String {
            for _ in 0..<seconds {
                script.advance(.seconds(1))
                script.sample()
            }
            return Self.lines(script.state, GoldenScreen.medium)[0]
        }
        #expect(mode(after: 2).hasPrefix(" LIVE  "))
        #expect(mode(after: 3).hasPrefix(" LIVE (stale 5s) "))
        let offline = mode(after: 90)
        #expect(offline.hasPrefix(" OFFLINE (stale 1m35s) "))
        #expect(offline.contains("lag ≤1m3"))
    }

    @Test func aSessionThatBeganDisabledIsSaidToBe() {
        var script = SessionScript()
        var description = SessionScript.description()
        description.mapping.isEnabled = false
        script.publish(.started(description))
        script.publish(.hold(.held))
        script.advance(.seconds(3))
        script.sample()
        #expect(Self.lines(script.state, GoldenScreen.medium)[0].hasPrefix(" DISABLED 00:03 "))
    }

    @Test
    func aHoldSaysAtLeastHowLongIsLeft() {
        var script = DataSet.makeStory(seconds: 20)
        script.sample()
        script.publish(.hold(.held))
        for shard in 1...3 { script.publish(.shardChanged(SessionScript.shardID(shard), .held)) }
        script.advance(.seconds(60))
        script.sample()
        let text = Self.text(script.state, GoldenScreen.medium)
        #expect(text.contains("behind ≤1m00s"))
        #expect(text.contains("expires in at least 23h58m"))
        #expect(text.contains("lag ≤1m00s"))
    }

    @Test
    func aHoldBeforeTheFirstReadSaysThatNothingIsKnown() {
        var script = SessionScript()
        script.publish(.started(SessionScript.description()))
        script.publish(.hold(.held))
        script.listShard(1)
        script.publish(.shardChanged(SessionScript.shardID(1), .held))
        script.advance(.seconds(19))
        script.sample()
        let text = Self.text(script.state, GoldenScreen.medium)
        #expect(text.contains("lag - "))
        #expect(text.contains("nothing was read yet; records live for 24 hours"))
    }

    // MARK: Sessions that only look

    @Test(arguments: [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func aSessionThatOnlyLooksHasNoFiguresOfDeletes(_ size: ScreenSize) {
        var script = SessionScript()
        var description = SessionScript.description()
        description.handler = "observe"
        description.handlerWrites = false
        script.publish(.started(description))
        script.listShard(1)
        for keys in ["1", "2", "3"] {
            let text = Self.text(script.state, size, keys: keys)
            for word in ["del ", "cap ", "saved", "deletes", "DEL/S", "CAP/S", "REQS", "capacity", "fewer"] {
                #expect(!text.contains(word), "\(word) in pane \(keys) at \(size)")
            }
        }
        #expect(Self.text(DataSet.story.session, size, keys: "2").contains("DEL/S"))
    }

    /// Three shards, each read four times a second: 1,036,800 calls a day.
    @Test(arguments: [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func whoOnlyLooksSeesHowOftenTheStreamIsReadAndWhatThatCosts(_ size: ScreenSize) {
        var script = SessionScript()
        var description = SessionScript.description()
        description.handlerWrites = false
        script.publish(.started(description))
        for shard in 1...3 { script.listShard(shard) }
        for _ in 0..<6 {
            for shard in 1...3 { for _ in 0..<4 { script.emptyRead(shard: shard) } }
            script.advance(.milliseconds(900))
            script.sample()
            script.advance(.milliseconds(100))
        }
        #expect(Self.text(script.state, size).contains("polls 12/s $0.21/d"))
    }

    @Test
    func aHandlerFasterThanTheClockTookSomeTime() {
        var script = DataSet.makeStory(seconds: 2)
        script.batch(shard: 1, records: 3, handlerTime: .zero)
        #expect(Self.text(script.state, GoldenScreen.small, keys: "3").contains("<1ms"))
    }

    // MARK: Charts

    @Test
    func theNumberOfBatchesIsNeverCut() {
        var script = SessionScript()
        script.publish(.started(SessionScript.description()))
        script.listShard(1)
        for _ in 0..<1280 { script.batch(shard: 1, records: 12) }
        script.advance(.seconds(1))
        script.sample()
        for columns in stride(from: 60, through: 220, by: 4) {
            let lines = Self.lines(script.state, ScreenSize(columns: columns, rows: 40), keys: "1z")
            for line in lines.dropFirst(2) where line.contains("1.2") || line.contains("1.3") {
                #expect(line.contains("1.28k") || line.contains("1.3k"), "\(columns): \(line)")
            }
        }
    }

    @Test(arguments: [(1280, 5, "1.28k"), (1280, 4, "1.3k"), (1280, 3, "1k"), (1280, 2, "1k"), (999, 3, "999")])
    func aCountIsShortenedToItsRoom(_ count: Int, _ width: Int, _ expected: String) {
        #expect(Figures.count(count, within: width) == expected)
    }

    @Test
    func aCountWithoutRoomIsLeftOut() {
        #expect(Figures.count(999, within: 2) == nil)
        #expect(Figures.count(128_000, within: 3) == nil)
    }

    @Test
    func chartsThatHaveNoRoomAreAnnounced() {
        #expect(Self.text(DataSet.story.session, GoldenScreen.medium).contains("z: all 6 charts"))
        #expect(Self.text(DataSet.story.session, GoldenScreen.medium).contains("deletes/s"))
        #expect(!Self.text(DataSet.story.session, GoldenScreen.large).contains("z: all"))
    }

    // MARK: Shards and events

    @Test(arguments: [GoldenScreen.medium, GoldenScreen.large])
    func aShardHasOneShortName(_ size: ScreenSize) {
        var state = DashboardState(session: DataSet.story.session, options: GoldenScreen.options)
        _ = state.reduce(.resized(size))
        _ = state.reduce(.key(.character("6")))
        let text = render(state, theme: .dark, size: size).textLines.joined(separator: "\n")
        let names = Set(text.matches(of: #/[…0-9]+-3f9a12a1/#).map { String($0.output) })
        // What is left out has its sign; without one the id is whole.
        #expect(names.isSubset(of: ["…000-3f9a12a1", "…1767321510000-3f9a12a1", "00000001767321510000-3f9a12a1"]))
        #expect(names.contains("…000-3f9a12a1"))
    }

    @Test
    func theLinesOfSeveralShardsAreToldApartWithoutTheirColumn() {
        let lines = Self.lines(DataSet.story.session, GoldenScreen.medium, keys: "6g")
        let open = lines.filter { $0.contains(" open") && $0.contains("info") }.map { $0.suffix(50) }
        #expect(open.count >= 3)
        #expect(Set(open.map { String($0.drop { $0 != "…" }) }).count == open.count)
    }

    @Test(arguments: [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func theSelectedEventIsReadableToItsEnd(_ size: ScreenSize) {
        var script = DataSet.makeStory(seconds: 3)
        let end = "and this is how it ends"
        let message = String(repeating: "a long story with many words ", count: 8) + end
        script.publish(
            .notice(Notice(level: .warning, shard: SessionScript.shardID(2), code: "long", message: message))
        )
        for keys in ["6z"] {
            let text = Self.lines(script.state, size, keys: keys).map { $0.filter { $0 != "│" } }
                .joined(separator: " ").split(separator: " ").joined(separator: " ")
            #expect(text.contains("ends"), "\(keys) at \(size)")
            #expect(text.contains(SessionScript.shardID(2).text))
        }
    }

    @Test
    func theKeyBarOfAFrozenViewSaysHowItGoesOn() throws {
        for pane in 1...6 {
            let bar = try #require(Self.lines(DataSet.story.session, GoldenScreen.small, keys: "F\(pane)").last)
            #expect(bar.contains("F unfreeze"), "\(pane)")
        }
    }

    @Test(arguments: ["2z", "3z"])
    func theFiguresOfAZoomedTableStandBesideTheirShard(_ keys: String) throws {
        let lines = Self.lines(DataSet.story.session, GoldenScreen.large, keys: keys)
        let row = try #require(lines.first { $0.contains("shardId-0") })
        let name = try #require(row.firstMatch(of: #/shardId-\S+( +)\S/#))
        #expect(name.output.1.count < 12, "\(row)")
        // Nothing touches the edge.
        for line in lines.dropFirst(4) where line.hasPrefix("│") { #expect(line.hasSuffix(" │"), "\(line)") }
    }

    @Test
    func theSizeOfABatchStaysWhenItsRecordsAreGone() throws {
        var script = SessionScript()
        script.publish(.started(SessionScript.description()))
        script.listShard(1)
        for _ in 0..<60 { script.batch(shard: 1, records: 100) }
        #expect(script.state.batches.first?.description.records.isEmpty == true)
        let oldest = try #require(
            Self.lines(script.state, GoldenScreen.large, keys: "3zG").last { $0.contains(" 100 ") }
        )
        #expect(oldest.contains(" 17KiB "), "\(oldest)")
    }

    @Test
    func whatIsShortenedTwiceHasOneSign() {
        for columns in stride(from: 80, through: 200, by: 7) {
            let text = Self.text(DataSet.story.session, ScreenSize(columns: columns, rows: 50), keys: "4")
            #expect(!text.contains("……"))
        }
    }
}
