// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine

/// Looks on: every batch is done at once and nothing is written anywhere.
package struct ObserveHandler: RecordHandler {
    /// Creates a handler.
    package init() {}

    /// Accepts the batch.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        .done
    }
}
