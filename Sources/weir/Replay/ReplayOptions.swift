// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Who gets what is sent once more, as the options of `replay` and `play` say.
struct ReplayOptions {
    var connection: ConnectionArguments
    var handling: HandlerArguments
    /// Events to handle; nil: those that the handler is for.
    var events: Set<ChangeKind>?
    /// Attempts after the first one until a batch is given up.
    var maximumRetryAttempts = 0
}
