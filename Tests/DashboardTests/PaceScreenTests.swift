// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// What the screen says while the table of the deletes throttles.
@Suite
struct PaceScreenTests {
    private static func session(_ paces: [WritePace]) -> SessionState {
        var script = SessionScript()
        script.publish(.started(SessionScript.description(provisioned: 5)))
        script.listShard(1)
        script.publish(.shardChanged(SessionScript.shardID(1), .reading))
        script.batch(shard: SessionScript.shardID(1), of: (0..<40).map { _ in script.record() }, result: nil)
        for _ in 0..<6 {
            script.advance(.seconds(1))
            let work = HandlerWork(
                requests: ["BatchWriteItem": 1],
                itemsDeleted: 4,
                singleRequests: 4,
                writeCapacityUnits: 4
            )
            script.publish(.batchWorked(BatchWork(id: BatchID(1), shard: SessionScript.shardID(1), work: work)))
            script.sample(inFlight: 40)
        }
        script.advance(.seconds(1))
        script.emptyRead(shard: 1)
        for pace in paces { script.publish(.paced(pace)) }
        script.sample(inFlight: 16)
        return script.state
    }

    private static func lines(_ session: SessionState, _ size: ScreenSize, keys: String = "") -> [String] {
        var state = DashboardState(session: session, options: GoldenScreen.options)
        _ = state.reduce(.resized(size))
        for key in keys { _ = state.reduce(.key(.character(key))) }
        return render(state, theme: .dark, size: size).textLines
    }

    private static let slowed = WritePace(limit: 3.5, maximum: nil, change: .slowed, reason: "full")

    @Test(arguments: [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func theSlowerPaceIsInTheHeadAsLongAsItLasts(size: ScreenSize) {
        #expect(Self.lines(Self.session([Self.slowed]), size)[0].hasPrefix(" SLOWED "))
        #expect(Self.lines(Self.session([]), size)[0].hasPrefix(" LIVE "))
        #expect(Self.lines(Self.session([Self.slowed]), size)[1].contains("slowed to 3.50/s"))
        let lifted = WritePace(limit: nil, maximum: nil, change: .lifted)
        #expect(!Self.lines(Self.session([Self.slowed, lifted]), size)[1].contains("slowed"))
        #expect(!Self.lines(Self.session([]), size)[1].contains("slowed"))
    }

    @Test func whatWaitsForTheTableIsNotSaidToRun() {
        for (keys, calm) in [("2", "● open"), ("3", "running")] {
            func text(_ paces: [WritePace]) -> String {
                Self.lines(Self.session(paces), GoldenScreen.small, keys: keys).joined(separator: "\n")
            }
            #expect(text([Self.slowed]).contains(" slowed  ") && !text([Self.slowed]).contains(calm), "\(keys)")
            #expect(text([]).contains(calm), "\(keys)")
        }
    }

    @Test(arguments: [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func throttledAnswersAreCountedInTheHead(size: ScreenSize) {
        var script = DataSet.makeStory(seconds: 4)
        #expect(!Self.lines(script.state, GoldenScreen.small)[1].contains("throttled"))
        let shard = SessionScript.shardID(1)
        script.batch(shard: shard, of: (0..<30).map { _ in script.record() }, failures: 2)
        #expect(Self.lines(script.state, size)[1].contains("throttled 2 "))
    }

    /// A batch that takes long is no second without deletes and one with all of them.
    @Test func whatIsDoneForABatchIsShownWhileItRuns() throws {
        let lines = Self.lines(Self.session([Self.slowed]), GoldenScreen.large)
        #expect(lines[1].contains("del 4/s") && lines[1].contains("cap 4.00/s"), "\(lines[1])")
        #expect(lines.contains { $0.contains("4.00 of 5") }, "\(lines)")
        let batch = try #require(lines.dropFirst(2).first { $0.contains(" slowed ") })
        #expect(batch.contains("  6 "), "\(batch)")
    }

    @Test func theSmallerBoundIsTheOneThatIsShown() {
        var description = SessionScript.description(provisioned: 80)
        #expect(description.writeCapacityBound == 80)
        description.maximumWriteCapacity = 20
        #expect(description.writeCapacityBound == 20)
        description.provisionedWriteCapacity = nil
        #expect(description.writeCapacityBound == 20)
        description.maximumWriteCapacity = nil
        #expect(description.writeCapacityBound == nil)
    }
}
