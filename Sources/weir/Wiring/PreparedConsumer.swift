// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine

/// A consumer that has not begun, and who gets its records once more if somebody asks for that.
struct PreparedConsumer: Sendable {
    var consumer: StreamConsumer
    /// Nil: its handler writes nothing anywhere.
    var replays: ReplayTarget?
}
