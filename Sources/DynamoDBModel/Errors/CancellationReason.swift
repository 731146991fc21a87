// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why one action let a transaction be cancelled, or that it did not.
public struct CancellationReason: Hashable, Sendable {
    /// The service's name of the reason.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name on the wire.
        public let name: String

        /// Wraps a name.
        public init(_ name: String) {
            self.name = name
        }

        /// The name.
        public var description: String { self.name }

        /// This action was no reason.
        public static let none = Code("None")
        /// The condition did not hold.
        public static let conditionalCheckFailed = Code("ConditionalCheckFailed")
        /// Items of one partition key have become too large together.
        public static let itemCollectionSizeLimitExceeded = Code("ItemCollectionSizeLimitExceeded")
        /// Another write of the item is under way.
        public static let transactionConflict = Code("TransactionConflict")
        /// The table's capacity is used up.
        public static let provisionedThroughputExceeded = Code("ProvisionedThroughputExceeded")
        /// The table does not scale as quickly as that.
        public static let throttlingError = Code("ThrottlingError")
        /// The item or its change is not allowed.
        public static let validationError = Code("ValidationError")
    }

    /// The reason, to match on.
    public var code: Code
    /// The service's text; nil for actions that were no reason.
    public var message: String?
    /// The item as it is, if `returnValuesOnConditionCheckFailure` asked for it; nil if there is none.
    public var item: Item?

    /// Creates a reason.
    public init(_ code: Code, message: String? = nil, item: Item? = nil) {
        self.code = code
        self.message = message
        self.item = item
    }

    /// Whether the same transaction may succeed later without anybody changing anything.
    var isTransient: Bool {
        [.transactionConflict, .provisionedThroughputExceeded, .throttlingError].contains(self.code)
    }
}
