// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import StreamSession
import TestSupport
import Testing

/// A shard has two readers at most; who makes it more is told.
@Suite(.timeLimit(.minutes(1)))
struct EngineReaderTests {
    private static func warnings(otherReaders: Int) throws -> [Notice] {
        var run = EngineRun()
        run.configuration.otherReaders = otherReaders
        run.service.addShard(1)
        return try run.run().notices.filter { $0.code == "too-many-readers" }
    }

    @Test(arguments: [0, 1])
    func twoReadersOfAShardAreNoReasonToWarn(others: Int) throws {
        #expect(try Self.warnings(otherReaders: others).isEmpty)
    }

    @Test func aThirdReaderIsWarnedOfOnce() throws {
        let warnings = try Self.warnings(otherReaders: 2)
        #expect(warnings.map(\.level) == [.warning])
        #expect(warnings.first?.message.contains("3 readers") == true)
    }
}
