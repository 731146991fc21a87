// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    func updateTimeToLive(_ request: UpdateTimeToLiveRequest) throws(DynamoDBError) -> TimeToLiveSpecification {
        let wish = request.specification
        guard (1...255).contains(wish.attributeName.utf8.count) else {
            throw invalid(
                """
                1 validation error detected: Value '\(wish.attributeName)' at 'timeToLiveSpecification.attributeName' \
                failed to satisfy constraint: Member must have length between 1 and 255
                """
            )
        }
        var table = try self.table(request.tableName)
        if let current = table.expiryAttribute, current != wish.attributeName {
            throw invalid("TimeToLive is active on a different AttributeName: current AttributeName is \(current)")
        }
        guard wish.isEnabled != (table.expiryAttribute != nil) else {
            throw invalid("TimeToLive is already \(wish.isEnabled ? "enabled" : "disabled")")
        }
        table.expiryAttribute = wish.isEnabled ? wish.attributeName : nil
        let update = try self.statement("UPDATE tables SET expiry_attribute = ? WHERE id = ?")
        update.bind(1, table.expiryAttribute)
        update.bind(2, table.id)
        try update.run()
        self.catalog.tables[table.name] = table
        return wish
    }

    func describeTimeToLive(_ nameOrARN: String) throws(DynamoDBError) -> TimeToLiveDescription {
        let attribute = try self.table(nameOrARN).expiryAttribute
        return TimeToLiveDescription(status: attribute == nil ? .disabled : .enabled, attributeName: attribute)
    }
}
