// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import StreamSession

/// Writes each record of a batch as a line before the batch goes on to the real handler.
///
/// At least once, like everything: a batch that is tried again is written again.
struct RecordWritingHandler: RecordHandler {
    private let output: LineOutput
    private let inner: any RecordHandler

    /// Creates a handler.
    init(output: LineOutput, inner: any RecordHandler) {
        self.output = output
        self.inner = inner
    }

    /// Writes and hands on.
    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        var bytes: [UInt8] = []
        for record in batch.records { bytes += SessionLines.record(record, shard: batch.shard, batch: batch.id) }
        self.output.json(bytes)
        if let failure = self.output.failure { return .stop(reason: "cannot write records: \(failure)") }
        return try await self.inner.handle(batch, meter: meter)
    }
}
