// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import SessionRecording
import StreamSession
import TestSupport
import Testing

@testable import Simulation

/// From a session of the real engine through a file to another run of it.
@Suite(.timeLimit(.minutes(3)))
struct RecordedStoryTests {
    private static func record(_ events: [SessionEvent], to path: String) async throws {
        let first = try #require(events.first)
        let recorder = try SessionRecorder(
            path: path,
            header: RecordingHeader(startedAt: first.at, toolVersion: "test")
        )
        await recorder.take(.keyframe(SessionState()))
        for event in events { await recorder.take(.event(event)) }
        await recorder.finish()
    }

    private static func arrivals(_ path: String) throws -> RecordedArrivals {
        let reader = try RecordingReader(path: path)
        var collector = ArrivalCollector(opening: try reader.keyframe(notAfter: .sequence(0)))
        try reader.forEachEvent(of: ArrivalCollector.kinds) { collector.add($0) }
        return try collector.arrivals(end: try reader.extent().last)
    }

    /// A tenth of the seed story: 10,000 records of one shard in 6 s, recorded without a window.
    @Test func aTenthOfTheSeedStoryComesOutOfAFile() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/seed.weir"
        let events = try LiveSession().events { service, world in
            service.addShard(1)
            for step in 0..<600 {
                for number in 0..<16 { service.write("k\(step)-\(number)", to: 1) }
                if step % 3 != 0 { service.write("k\(step)-more", to: 1) }
                try await world.sleep(for: .milliseconds(10))
            }
        }
        try await Self.record(events, to: path)
        let arrivals = try Self.arrivals(path)
        #expect(arrivals.count == 10_000)
        let simulation = ArrivalSimulation(arrivals, handlerTime: .measured)
        let settings = SimulationSettings(
            batchSize: 100,
            batchWindow: .seconds(60),
            parallelizationFactor: 1,
            deleteMode: .batch
        )
        let figures = try simulation.run(settings)
        #expect(figures.invocations == 100)
        #expect(figures.requests == ["BatchWriteItem": 400])
        // What comes out of the file is what the session itself would have given.
        let direct = try ArrivalSimulation(LiveSession.arrivals(in: events), handlerTime: .measured).run(settings)
        #expect(figures == direct)
        let recorded = try simulation.run(SimulationSettings(of: arrivals))
        #expect(recorded.invocations == arrivals.batches)
    }
}
