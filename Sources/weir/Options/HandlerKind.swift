// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// What is done with a batch.
enum HandlerKind: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// Nothing.
    case observe
    /// Delete from the staging table.
    case delete
    /// Add it up in a table.
    case aggregate
    /// Hand it to a program.
    case command
    /// Invoke a function.
    case function
    /// Delete objects in S3.
    case deleteObjects = "delete-objects"
}

extension DeleteMode: ExpressibleByArgument {}
