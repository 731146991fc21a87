// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

extension LocalStore {
    /// Items that a sweep looks at before others get their turn.
    private static let sweepStep = 1000

    /// Lets a table's items expire, or no longer; in force at once.
    ///
    /// The service takes up to an hour, and refuses another change within it.
    public func updateTimeToLive(
        _ request: UpdateTimeToLiveRequest
    ) async throws(DynamoDBError) -> TimeToLiveSpecification {
        try self.write { (core) throws(DynamoDBError) in try core.updateTimeToLive(request) }
    }

    /// Tells whether a table's items expire, and by which attribute.
    public func describeTimeToLive(_ tableName: String) async throws(DynamoDBError) -> TimeToLiveDescription {
        try self.read { (core) throws(DynamoDBError) in try core.describeTimeToLive(tableName) }
    }

    /// Deletes the items that have expired by now, as the service does within some days.
    ///
    /// Until then they are there for everybody who reads. Their stream records carry the service's `userIdentity`, and they
    /// use no capacity.
    ///
    /// - Parameter table: The only table whose items are deleted, by name or ARN; nil: all tables.
    /// - Returns: The number of items deleted.
    /// - Throws: `resourceNotFound` for a table that is not there.
    @discardableResult
    public func expireItems(table: String? = nil) throws(DynamoDBError) -> Int {
        var sweep = StoreCore.Sweep()
        while !sweep.isOver {
            let start = sweep
            sweep = try self.write { (core) throws(DynamoDBError) in
                var sweep = start
                try core.expireItems(&sweep, of: table, limit: Self.sweepStep)
                return sweep
            }
        }
        return sweep.deleted
    }
}
