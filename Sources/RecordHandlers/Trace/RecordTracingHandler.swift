// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import Logging

/// Logs each record of a batch before the batch goes on to the real handler, once for each attempt.
package struct RecordTracingHandler: RecordHandler {
    private let logger: Logger
    private let showsValues: Bool
    private let inner: any RecordHandler

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - logger: Gets a line of level trace for each record.
    ///   - showsValues: Whether values are written; else attributes are told by name, type and length.
    ///   - inner: What handles the batch.
    package init(logger: Logger, showsValues: Bool, inner: any RecordHandler) {
        self.logger = logger
        self.showsValues = showsValues
        self.inner = inner
    }

    /// Logs and hands on.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        for record in batch.records {
            self.logger.trace(
                "record",
                metadata: RecordTrace(record, of: batch, showsValues: self.showsValues).metadata
            )
        }
        return try await self.inner.handle(batch, meter: meter)
    }
}
