// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// The largest number of actions in a transaction (service limit).
    static let largestTransaction = 100
    /// The largest size of a transaction's items together: 4 MB (service limit).
    static let largestTransactionSize = 4 << 20

    /// Does all actions, or none: everything is read and decided before the first item is written.
    func transactWriteItems(
        _ request: TransactWriteItemsRequest
    ) throws(DynamoDBError) -> Reported<TransactWriteItemsResult> {
        try Self.checkLimits(request)
        let actions = try self.actions(of: request)
        let tokens = TransactionTokens(self)
        if let token = request.clientRequestToken, try tokens.hasDone(request, token: token) {
            return try self.answerAgain(request, actions)
        }
        var decisions: [TransactionDecision] = []
        for action in actions { decisions.append(try self.decide(action)) }
        var size = 0
        for decision in decisions { size += max(decision.before?.size ?? 0, decision.after?.size ?? 0) }
        guard size <= Self.largestTransactionSize else {
            throw invalid("The aggregate size of the items in the transaction exceeds 4 MB")
        }
        let reports = Self.reports(decisions)
        guard decisions.allSatisfy({ $0.reason.code == .none }) else {
            let capacities = reports.map { report in
                var capacity = WriteReport(table: report.table)
                capacity.writeCapacityUnits = report.writeCapacityUnits
                return capacity
            }
            return Reported(refusal: .transactionCanceled(reasons: decisions.map(\.reason)), reports: capacities)
        }
        for decision in decisions where decision.action.isWrite {
            try self.replace(
                decision.action.target.key,
                in: decision.action.table,
                before: decision.before,
                after: decision.after
            )
        }
        if let token = request.clientRequestToken { try tokens.note(request, token: token) }
        var result = TransactWriteItemsResult()
        let wish = request.returnConsumedCapacity
        if wish != .none {
            result.consumedCapacity = reports.map { report in
                ConsumedCapacity(
                    tableName: report.table,
                    capacityUnits: report.writeCapacityUnits,
                    tableCapacityUnits: wish == .indexes ? report.writeCapacityUnits : nil,
                    writeCapacityUnits: report.writeCapacityUnits
                )
            }
        }
        return Reported(answer: result, reports: reports)
    }

    /// Reads the expressions of all actions, then finds their tables and keys.
    private func actions(of request: TransactWriteItemsRequest) throws(DynamoDBError) -> [TransactionAction] {
        var writes: [ItemWrite] = []
        for action in request.actions {
            switch action {
            case .put(let request): writes.append(try ItemWrite(request))
            case .update(let request): writes.append(try ItemWrite(request))
            case .delete(let request): writes.append(try ItemWrite(request))
            case .check(let check): writes.append(try ItemWrite(check))
            }
        }
        var tables: [TableEntry] = []
        for write in writes { tables.append(try self.table(write.tableName)) }
        var reasons: [CancellationReason] = []
        for (write, table) in zip(writes, tables) {
            reasons.append(try Self.reason { () throws(DynamoDBError) in try write.checkSchema(in: table) })
        }
        guard reasons.allSatisfy({ $0.code == .none }) else { throw .transactionCanceled(reasons: reasons) }
        var actions: [TransactionAction] = []
        var places: Set<TransactionAction.Place> = []
        for (write, table) in zip(writes, tables) {
            let action = TransactionAction(write: write, table: table, target: try write.target(in: table))
            guard places.insert(action.place).inserted else {
                throw invalid("Transaction request cannot include multiple operations on one item")
            }
            actions.append(action)
        }
        return actions
    }

    /// Reads an item and decides what becomes of it.
    private func decide(_ action: TransactionAction) throws(DynamoDBError) -> TransactionDecision {
        let before = try self.storedItem(action.target.key, in: action.table)
        var decision = TransactionDecision(action: action, before: before, after: before)
        var old: Item?
        if let before, action.write.readsItem { old = try ItemCodec.decode(before.json) }
        if let condition = action.write.condition, !condition.holds(for: old ?? [:]) {
            decision.reason = CancellationReason(
                .conditionalCheckFailed,
                message: "The conditional request failed",
                item: action.write.returnsItemOnFailure ? old : nil
            )
            return decision
        }
        decision.reason = try Self.reason { () throws(DynamoDBError) in
            decision.after = try action.write.result(of: before, old, target: action.target, in: action.table)
        }
        return decision
    }

    /// Makes a refused item the reason of a cancellation; other errors stay what they are.
    private static func reason(_ body: () throws(DynamoDBError) -> Void) throws(DynamoDBError) -> CancellationReason {
        do throws(DynamoDBError) {
            try body()
            return CancellationReason(.none)
        } catch {
            guard error.code == .validation else { throw error }
            return CancellationReason(.validationError, message: error.message)
        }
    }

    /// Answers a transaction that was done before: nothing is written, and the items are read.
    private func answerAgain(
        _ request: TransactWriteItemsRequest,
        _ actions: [TransactionAction]
    ) throws(DynamoDBError) -> Reported<TransactWriteItemsResult> {
        var capacities: [ConsumedCapacity] = []
        for action in actions {
            let size = try self.storedSize(action.target.key, in: action.table)
            let units = 2 * CapacityRules.read(size: size ?? 0, isConsistent: true)
            if let index = capacities.firstIndex(where: { $0.tableName == action.table.name }) {
                capacities[index].capacityUnits += units
            } else {
                capacities.append(ConsumedCapacity(tableName: action.table.name, capacityUnits: units))
            }
        }
        let wish = request.returnConsumedCapacity
        for index in capacities.indices {
            let units = capacities[index].capacityUnits
            capacities[index].readCapacityUnits = units
            if wish == .indexes { capacities[index].tableCapacityUnits = units }
        }
        let reports = capacities.map { WriteReport(table: $0.tableName) }
        return Reported(
            answer: TransactWriteItemsResult(consumedCapacity: wish == .none ? [] : capacities),
            reports: reports
        )
    }

    /// What the decisions do, by table in order of the actions; everything costs twice what it costs alone.
    private static func reports(_ decisions: [TransactionDecision]) -> [WriteReport] {
        var reports: [WriteReport] = []
        for decision in decisions {
            let name = decision.action.table.name
            var report = WriteReport(table: name)
            let index = reports.firstIndex { $0.table == name }
            if let index { report = reports[index] }
            if decision.action.isWrite { report.countItem(before: decision.before?.size, after: decision.after?.size) }
            report.writeCapacityUnits +=
                2 * CapacityRules.write(before: decision.before?.size, after: decision.after?.size)
            if let index { reports[index] = report } else { reports.append(report) }
        }
        return reports
    }

    private static func checkLimits(_ request: TransactWriteItemsRequest) throws(DynamoDBError) {
        if let token = request.clientRequestToken, !TransactionTokens.lengths.contains(token.utf16.count) {
            let rule = token.isEmpty ? "greater than or equal to 1" : "less than or equal to 36"
            throw invalid(
                """
                1 validation error detected: Value at 'clientRequestToken' failed to satisfy constraint: \
                Member must have length \(rule)
                """
            )
        }
        guard !request.actions.isEmpty, request.actions.count <= Self.largestTransaction else {
            let rule = request.actions.isEmpty ? "greater than or equal to 1" : "less than or equal to 100"
            throw invalid(
                """
                1 validation error detected: Value at 'transactItems' failed to satisfy constraint: \
                Member must have length \(rule)
                """
            )
        }
        for case .update(let update) in request.actions where update.updateExpression == nil {
            throw invalid(
                """
                1 validation error detected: Value null at 'transactItems.update.updateExpression' failed to satisfy \
                constraint: Member must not be null
                """
            )
        }
    }
}
