// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A refused request, in the service's words as far as they are known.
func invalid(_ message: String) -> DynamoDBError {
    DynamoDBError(.validation, message, status: 400)
}

/// A table that is not there.
func tableNotFound(_ name: String) -> DynamoDBError {
    DynamoDBError(.resourceNotFound, "Requested resource not found: Table: \(name) not found", status: 400)
}

/// A stream that is not there.
func streamNotFound(_ arn: String) -> DynamoDBError {
    DynamoDBError(.resourceNotFound, "Requested resource not found: Stream: \(arn) not found", status: 400)
}
