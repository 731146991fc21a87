// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// What a recording is, at a glance.
@Suite(.timeLimit(.minutes(2)))
struct RecordingSummaryTests {
    @Test func whatIsInAFileIsCounted() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 300)
        let summary = try RecordingReader(path: recorded.path).summary()
        let state = try #require(recorded.states[recorded.last])
        #expect(summary.completeness == .complete && summary.endedBecause == "done" && !summary.isDamaged)
        #expect(summary.description == SessionScript.description)
        #expect(summary.events == Int(recorded.last))
        #expect(summary.records == state.totals.delivered)
        #expect(summary.batches > 20 && summary.keyframes > 1)
        #expect(summary.markers == state.markers.count && summary.markers > 2)
        let kinds = recorded.events.values.map(\.kind)
        #expect(summary.holds == kinds.count { $0 == .hold(.held) } && summary.holds > 0)
        #expect(summary.losses == kinds.count { if case .dataLost = $0 { true } else { false } })
        #expect(summary.gaps == 0 && summary.missingEvents == 0)
        #expect(summary.last == recorded.times[recorded.last])
        #expect(summary.size.bytes == (try DamagedFile.size(recorded.path)))
        #expect(summary.format == "3.1")
    }

    @Test func aFileThatIsBeingWrittenSaysSo() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 30, isFinished: false)
        let summary = try RecordingReader(path: recorded.path).summary()
        #expect(summary.completeness == .growing)
        #expect(summary.size.bytes > 0)
    }

    @Test func gapsAreCountedWithWhatIsMissing() async throws {
        let recorded = try await RecordedGap()
        let summary = try RecordingReader(path: recorded.path).summary()
        #expect(summary.gaps == 1 && summary.missingEvents == recorded.missing)
    }

    @Test func whatCannotBeReadIsLeftOutAndSaid() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 300)
        let copy = "\(recorded.folder.path)/cut.weir"
        try DamagedFile.copy(recorded.path, to: copy, bytes: try DamagedFile.size(recorded.path) / 2 / 4096 * 4096)
        let summary = try RecordingReader(path: copy).summary()
        #expect(summary.isDamaged && summary.completeness == .complete)
        #expect(summary.description == SessionScript.description)
    }
}
