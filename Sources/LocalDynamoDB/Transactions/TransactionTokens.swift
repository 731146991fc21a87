// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The tokens that let a transaction happen once: kept for ten minutes, in the database, so with the transaction or not
/// at all.
struct TransactionTokens {
    /// How long a token protects, in milliseconds (service limit: ten minutes).
    static let lifetime: Int64 = 600_000
    /// How long a token may be (service limit).
    static let lengths = 1...36

    /// Two hashes of a whole request.
    private struct Fingerprint: Equatable {
        var high: Int64
        var low: Int64

        // The same for all stores, so that a data file means the same to each of them.
        private static let highHash = SipHash(key0: 0x746f_6b65, key1: 0x6e73_2f68)
        private static let lowHash = SipHash(key0: 0x746f_6b65, key1: 0x6e73_2f6c)

        init(high: Int64, low: Int64) {
            self.high = high
            self.low = low
        }

        init(_ request: TransactWriteItemsRequest) {
            let bytes = WireOperation.transactWriteItems.encodeInput(request)
            self.high = Int64(bitPattern: Self.highHash.hash(bytes))
            self.low = Int64(bitPattern: Self.lowHash.hash(bytes))
        }
    }

    private let core: StoreCore

    init(_ core: StoreCore) {
        self.core = core
    }

    /// Whether a request with a token was done within the last ten minutes.
    ///
    /// - Throws: `idempotentParameterMismatch` if another request was.
    func hasDone(_ request: TransactWriteItemsRequest, token: String) throws(DynamoDBError) -> Bool {
        let old = try self.core.statement("DELETE FROM transaction_tokens WHERE created <= ?")
        old.bind(1, self.core.now.milliseconds - Self.lifetime)
        try old.run()
        let row = try self.core.statement(
            "SELECT fingerprint_high, fingerprint_low FROM transaction_tokens WHERE token = ?"
        )
        row.bind(1, token)
        guard try row.step() else { return false }
        guard Fingerprint(high: row.integer(0), low: row.integer(1)) == Fingerprint(request) else {
            throw DynamoDBError(
                .idempotentParameterMismatch,
                "The token was used within ten minutes for a request with other parameters: take a new one",
                status: 400
            )
        }
        return true
    }

    /// Notes that a request was done.
    func note(_ request: TransactWriteItemsRequest, token: String) throws(DynamoDBError) {
        let fingerprint = Fingerprint(request)
        let insert = try self.core.statement(
            """
            INSERT INTO transaction_tokens (token, fingerprint_high, fingerprint_low, created) VALUES (?, ?, ?, ?)
            """
        )
        insert.bind(1, token)
        insert.bind(2, fingerprint.high)
        insert.bind(3, fingerprint.low)
        insert.bind(4, self.core.now.milliseconds)
        try insert.run()
    }
}
