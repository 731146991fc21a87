// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The buckets of a provisioned table.
struct CapacityBuckets {
    var read: TokenBucket
    var write: TokenBucket

    /// Creates full ones.
    init(_ throughput: ProvisionedThroughput, now: Timestamp) {
        self.read = TokenBucket(rate: throughput.readCapacityUnits, now: now)
        self.write = TokenBucket(rate: throughput.writeCapacityUnits, now: now)
    }

    subscript(kind: CapacityKind) -> TokenBucket {
        get { kind == .read ? self.read : self.write }
        set {
            switch kind {
            case .read: self.read = newValue
            case .write: self.write = newValue
            }
        }
    }
}

extension StoreCore {
    /// Takes capacity from a table if there is enough; on-demand tables have always enough.
    func takes(_ units: Double, _ kind: CapacityKind, of table: TableEntry) -> Bool {
        guard self.has(units, kind, of: table) else { return false }
        // A table without buckets is not limited.
        self.buckets[table.uuid]?[kind].take(units)
        return true
    }

    /// Takes capacity from a table.
    ///
    /// - Throws: `provisionedThroughputExceeded` if there is not enough.
    func charge(_ units: Double, _ kind: CapacityKind, of table: TableEntry) throws(DynamoDBError) {
        guard self.takes(units, kind, of: table) else { throw throughputExceeded(kind, of: table) }
    }

    /// Takes from all tables what a write has used, or from none.
    ///
    /// Called in the write's transaction, which the error undoes.
    func charged<Answer>(_ reported: Reported<Answer>) throws(DynamoDBError) -> Reported<Answer> {
        for report in reported.reports {
            guard let table = self.catalog.tables[report.table] else { continue }
            guard self.has(report.writeCapacityUnits, .write, of: table) else {
                throw throughputExceeded(.write, of: table)
            }
        }
        for report in reported.reports {
            guard let table = self.catalog.tables[report.table] else { continue }
            self.buckets[table.uuid]?[.write].take(report.writeCapacityUnits)
        }
        return reported
    }

    /// Goes over to a table's new capacity: what it kept so far stays, as far as the new one may keep it.
    func changeCapacity(of table: TableEntry) {
        guard table.billingMode == .provisioned else {
            // Provisioned again it begins anew.
            self.buckets[table.uuid] = nil
            return
        }
        for kind in [CapacityKind.read, .write] {
            self.buckets[table.uuid]?[kind].fill(rate: kind.rate(table.throughput), now: self.now)
        }
    }

    /// Lets a table's bucket fill up to now, and tells whether there is enough.
    private func has(_ units: Double, _ kind: CapacityKind, of table: TableEntry) -> Bool {
        guard table.billingMode == .provisioned, self.configuration.throttlesProvisionedTables else { return true }
        var buckets = self.buckets[table.uuid] ?? CapacityBuckets(table.throughput, now: self.now)
        buckets[kind].fill(rate: kind.rate(table.throughput), now: self.now)
        self.buckets[table.uuid] = buckets
        return buckets[kind].holds(units)
    }
}

/// The refusal of what a table has no capacity for, in the service's words.
func throughputExceeded(_ kind: CapacityKind, of table: TableEntry) -> DynamoDBError {
    var error = DynamoDBError(
        .provisionedThroughputExceeded,
        """
        The level of configured provisioned throughput for the table was exceeded. Consider increasing your \
        provisioning level with the UpdateTable API.
        """,
        status: 400
    )
    error.detail = .throttled([
        ThrottlingReason(reason: "Table\(kind.rawValue)ProvisionedThroughputExceeded", resource: table.arn)
    ])
    return error
}
