// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

/// How fast a handler may write, as viewers know it.
@Suite struct WritePaceTests {
    private static func paced(_ limit: Double?, _ change: WritePace.Change, maximum: Int? = nil) -> SessionEvent.Kind {
        .paced(WritePace(limit: limit, maximum: maximum, change: change, reason: change == .slowed ? "full" : nil))
    }

    private static func started(maximum: Int?) -> SessionEvent.Kind {
        .started(
            SessionDescription(
                pipeline: "p",
                streamARN: StreamARN("arn"),
                tableName: "T",
                viewType: .keysOnly,
                keyNames: ["id"],
                region: "us-east-1",
                handler: "delete",
                handlerWrites: true,
                startingPosition: "LATEST",
                batchSize: 100,
                batchWindow: .zero,
                eventNames: [],
                maximumWriteCapacity: maximum,
                toolVersion: "0"
            )
        )
    }

    @Test func theNewestPaceIsTheLimit() {
        #expect(SessionState([(0, Self.started(maximum: nil))]).writeLimit == nil)
        #expect(SessionState([(0, Self.started(maximum: 100))]).writeLimit == 100)
        let slowed = SessionState([(0, Self.started(maximum: 100)), (1, Self.paced(70, .slowed, maximum: 100))])
        #expect(slowed.writeLimit == 70)
        #expect(slowed.writePace?.isSlowed == true)
        let lifted = SessionState([(1, Self.paced(70, .slowed)), (2, Self.paced(nil, .lifted))])
        #expect(lifted.writeLimit == nil)
        #expect(lifted.writePace?.isSlowed == false)
    }

    /// A table that throttles does so again and again: the log tells when it began and when it was over.
    @Test func theLogTellsTheBeginningAndTheEndOfThrottling() {
        let state = SessionState([
            (0, Self.paced(3.52, .slowed)), (10, Self.paced(2.5, .slowed)), (20, Self.paced(3, .raised)),
            (30, Self.paced(2.1, .slowed)), (40, Self.paced(nil, .lifted)), (50, Self.paced(40, .slowed)),
            (60, Self.paced(100, .lifted, maximum: 100)),
        ])
        #expect(state.totals.slowdowns == 4)
        #expect(state.totals.errors == 0)
        #expect(
            state.log.map(\.message) == [
                "the table throttles; slowed down to 3.5 write capacity units a second: full",
                "the table takes all again: as fast as it goes",
                "the table throttles; slowed down to 40 write capacity units a second: full",
                "the table takes all again: up to 100 write capacity units a second",
            ]
        )
        #expect(state.log.map(\.level) == [.warning, .info, .warning, .info])
    }
}
