// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APISubject {
    fileprivate func transact(_ actions: [TransactWriteAction], token: String? = nil) async throws {
        _ = try await self.api.transactWriteItems(
            TransactWriteItemsRequest(actions: actions, clientRequestToken: token.map { self.prefix + $0 })
        )
    }

    fileprivate func putting(_ table: String, _ item: Item, if condition: String? = nil) -> TransactWriteAction {
        .put(PutItemRequest(tableName: table, item: item, conditionExpression: condition))
    }

    fileprivate func deleting(_ table: String, _ key: Item) -> TransactWriteAction {
        .delete(DeleteItemRequest(tableName: table, key: key))
    }

    fileprivate func updating(_ table: String, _ key: Item, adding number: Int) -> TransactWriteAction {
        .update(
            UpdateItemRequest(
                tableName: table,
                key: key,
                updateExpression: "ADD n :n",
                attributeValues: [":n": numberValue("\(number)")]
            )
        )
    }

    fileprivate func checking(
        _ table: String,
        _ key: Item,
        _ condition: String,
        returns: ReturnValues = .none
    ) -> TransactWriteAction {
        .check(
            ConditionCheck(
                tableName: table,
                key: key,
                conditionExpression: condition,
                returnValuesOnConditionCheckFailure: returns
            )
        )
    }
}

extension APIConformance {
    static let transactionCases: [APIConformanceCase] = [
        APIConformanceCase("transaction: puts, updates, deletes and checks of several tables are done") { subject in
            let first = try await subject.table("first").tableName
            let second = try await subject.table("second").tableName
            try await subject.put(first, subject.item("old", 1))
            try await subject.put(second, subject.item("checked", 1))
            try await subject.transact([
                subject.putting(first, subject.item("new", 1), if: "attribute_not_exists(pk)"),
                subject.deleting(first, subject.item("old", 1)),
                subject.updating(second, subject.item("counted", 1), adding: 3),
                subject.checking(second, subject.item("checked", 1), "attribute_exists(pk)"),
            ])
            try check(try await subject.get(first, subject.item("new", 1)) != nil, "the put is missing")
            try check(try await subject.get(first, subject.item("old", 1)) == nil, "the delete is missing")
            let counted = try await subject.get(second, subject.item("counted", 1))
            try checkEqual(counted?["n"], numberValue("3"), "the updated attribute")
        },
        APIConformanceCase("transaction: one condition that does not hold cancels everything, told in order") {
            subject in
            let (table, stream) = try await subject.streamingTable()
            let item = subject.item("a", 1, ["v": .string("x")])
            try await subject.put(table, item)
            let error = try await checkRefused(.transactionCanceled) {
                try await subject.transact([
                    subject.putting(table, subject.item("new", 1)),
                    subject.checking(table, subject.item("a", 1), "attribute_exists(w)", returns: .allOld),
                    subject.checking(table, subject.item("a", 2), "attribute_exists(w)"),
                ])
            }
            let text = "The conditional request failed"
            try checkEqual(
                error.detail,
                .transactionCanceled(reasons: [
                    CancellationReason(.none), CancellationReason(.conditionalCheckFailed, message: text, item: item),
                    CancellationReason(.conditionalCheckFailed, message: text),
                ]),
                "the detail"
            )
            try checkEqual(
                error.message,
                "Transaction cancelled, please refer cancellation reasons for specific reasons "
                    + "[None, ConditionalCheckFailed, ConditionalCheckFailed]",
                "the text"
            )
            try check(try await subject.get(table, subject.item("new", 1)) == nil, "something was written")
            try checkEqual(try await subject.records(stream).count, 1, "the number of records")
        },
        APIConformanceCase("transaction: an update that an item does not allow is a reason") { subject in
            let table = try await subject.table().tableName
            try await subject.put(table, subject.item("a", 1, ["n": .string("x")]))
            let error = try await checkRefused(.transactionCanceled) {
                try await subject.transact([
                    subject.putting(table, subject.item("new", 1)),
                    subject.updating(table, subject.item("a", 1), adding: 1),
                ])
            }
            guard case .transactionCanceled(let reasons) = error.detail else {
                throw APIConformanceFailure("there are no reasons")
            }
            try checkEqual(reasons.map(\.code), [.none, .validationError], "the reasons")
            try check(try await subject.get(table, subject.item("new", 1)) == nil, "something was written")
        },
        APIConformanceCase("transaction: a key of the wrong type is a reason, an empty one a refusal") { subject in
            let table = try await subject.table().tableName
            try await checkRefused(.transactionCanceled) {
                try await subject.transact([subject.deleting(table, ["pk": .string("a"), "sk": .string("1")])])
            }
            try await checkRefused(.validation) {
                try await subject.transact([subject.deleting(table, ["pk": .string(""), "sk": numberValue("1")])])
            }
        },
        APIConformanceCase("transaction: two actions on one item are refused") { subject in
            let table = try await subject.table().tableName
            let item = subject.item("a", 1)
            let pairs = [
                [subject.putting(table, item), subject.deleting(table, item)],
                [subject.checking(table, item, "attribute_exists(pk)"), subject.putting(table, item)],
            ]
            for pair in pairs {
                try await checkRefused(.validation) { try await subject.transact(pair) }
            }
            try check(try await subject.get(table, item) == nil, "something was written")
        },
        APIConformanceCase("transaction: 1 to 100 actions") { subject in
            let table = try await subject.table().tableName
            let puts = (0...100).map { subject.putting(table, subject.item("a", $0)) }
            try await checkRefused(.validation) { try await subject.transact([]) }
            try await checkRefused(.validation) { try await subject.transact(puts) }
            try await subject.transact(Array(puts.dropLast()))
            try check(try await subject.get(table, subject.item("a", 99)) != nil, "the last put is missing")
        },
        APIConformanceCase("transaction: a missing table and a bad expression refuse all of it") { subject in
            let table = try await subject.table().tableName
            let put = subject.putting(table, subject.item("a", 1))
            try await checkRefused(.resourceNotFound) {
                try await subject.transact([put, subject.deleting(subject.prefix + "missing", subject.item("a", 1))])
            }
            try await checkRefused(.validation) {
                try await subject.transact([put, subject.checking(table, subject.item("b", 1), "v =")])
            }
            try check(try await subject.get(table, subject.item("a", 1)) == nil, "something was written")
        },
        APIConformanceCase("transaction: each change makes a record, a check and no change none") { subject in
            let (table, stream) = try await subject.streamingTable()
            try await subject.put(table, subject.item("same", 1))
            try await subject.transact([
                subject.putting(table, subject.item("new", 1)), subject.putting(table, subject.item("same", 1)),
                subject.checking(table, subject.item("other", 1), "attribute_not_exists(pk)"),
                subject.deleting(table, subject.item("missing", 1)),
                subject.updating(table, subject.item("counted", 1), adding: 1),
            ])
            let keys = try await subject.records(stream).map { try $0.keys.decoded()["pk"] }
            try checkEqual(
                Set(keys),
                [.string("same"), .string("new"), .string("counted")],
                "the partition keys of the records"
            )
            try checkEqual(keys.count, 3, "the number of records")
        },
        APIConformanceCase("transaction: a token lets it happen once") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            for token in ["one", "one", "two"] {
                try await subject.transact([subject.updating(table, key, adding: 1)], token: token)
            }
            try checkEqual(try await subject.get(table, key)?["n"], numberValue("2"), "the count")
            try await checkRefused(.idempotentParameterMismatch) {
                try await subject.transact([subject.updating(table, key, adding: 2)], token: "one")
            }
            try checkEqual(try await subject.get(table, key)?["n"], numberValue("2"), "the count afterwards")
        },
        APIConformanceCase("transaction: writes cost twice, told by table, and a repetition costs reads") { subject in
            let first = try await subject.table("first").tableName
            let second = try await subject.table("second").tableName
            let large = subject.item("a", 1, ["v": .string(String(repeating: "x", count: 1500))])
            let request = TransactWriteItemsRequest(
                actions: [
                    subject.putting(first, large), subject.putting(second, subject.item("a", 1)),
                    subject.checking(second, subject.item("b", 1), "attribute_not_exists(pk)"),
                ],
                clientRequestToken: subject.prefix + "token",
                returnConsumedCapacity: .total
            )
            let prices: [(units: [String: Double], isFirst: Bool)] = [
                ([first: 4, second: 4], true), ([first: 2, second: 4], false),
            ]
            for (units, isFirst) in prices {
                let capacities = try await subject.api.transactWriteItems(request).consumedCapacity
                let found = Dictionary(capacities.map { ($0.tableName, $0.capacityUnits) }) { $0 + $1 }
                try checkEqual(found, units, "the price")
                let parts = capacities.map { isFirst ? $0.writeCapacityUnits : $0.readCapacityUnits }
                try checkEqual(parts, capacities.map(\.capacityUnits), "the units of one kind")
            }
        },
    ]
}
