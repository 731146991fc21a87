// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension DynamoDBError {
    /// What the service tells of an error beside its text.
    public indirect enum Detail: Hashable, Sendable {
        /// A condition did not hold for this item.
        ///
        /// The item is nil if there is none, or if `returnValuesOnConditionCheckFailure` did not ask for it.
        case conditionalCheckFailed(item: Item?)
        /// A transaction was cancelled: one entry for each of its actions, in their order.
        case transactionCanceled(reasons: [CancellationReason])
    }

    /// A condition that did not hold, as the service reports it.
    ///
    /// - Parameter item: The item as it is; nil if there is none or nobody asked.
    /// - Returns: The error.
    package static func conditionalCheckFailed(item: Item?) -> DynamoDBError {
        var error = DynamoDBError(.conditionalCheckFailed, "The conditional request failed", status: 400)
        error.detail = .conditionalCheckFailed(item: item)
        return error
    }

    /// A transaction that was cancelled, as the service reports it.
    ///
    /// - Parameter reasons: One for each action, in their order.
    /// - Returns: The error.
    package static func transactionCanceled(reasons: [CancellationReason]) -> DynamoDBError {
        let codes = reasons.map(\.code.name).joined(separator: ", ")
        var error = DynamoDBError(
            .transactionCanceled,
            "Transaction cancelled, please refer cancellation reasons for specific reasons [\(codes)]",
            status: 400
        )
        error.detail = .transactionCanceled(reasons: reasons)
        return error
    }
}
