// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@testable import SessionRecording

/// One thing after another with the same memory.
@Suite("Deflater")
struct DeflaterTests {
    /// What was deflated before leaves no trace in what comes next, whatever the lengths.
    @Test func whatIsDeflatedInTurnIsWhatIsDeflatedAlone() throws {
        var random = SplitMix64(seed: 3)
        let deflater = Deflater()
        for length in [0, 1, 100, 300, 5000, 100, 40_000, 3_000_000, 0, 15_000, 15_001, 100] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0..<20, using: &random) }
            let deflated = try #require(deflater.deflate(bytes))
            #expect(deflated == Compression.deflate(bytes))
            #expect(Compression.inflate(deflated, limit: length) == bytes)
        }
    }
}
