// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APISubject {
    /// Deletes an item on a condition; false if the condition does not hold.
    func deletes(
        _ table: String,
        _ key: Item,
        if condition: String,
        names: [String: String] = [:],
        values: Item = [:]
    ) async throws -> Bool {
        let request = DeleteItemRequest(
            tableName: table,
            key: key,
            conditionExpression: condition,
            attributeNames: names,
            attributeValues: values
        )
        do {
            _ = try await self.api.deleteItem(request)
            return true
        } catch  where error.code == .conditionalCheckFailed {
            return false
        }
    }

    /// Throws if a condition on an item does not give what it should; the item is there again afterwards.
    fileprivate func check(_ item: Item, _ conditions: [(String, Bool)], _ values: Item) async throws {
        let table = try await self.table().tableName
        for (condition, expected) in conditions {
            try await self.put(table, item)
            let used = values.filter { name, _ in
                condition.split { !($0.isLetter || $0.isNumber || $0 == ":") }.contains { $0 == name }
            }
            let found = try await self.deletes(
                table,
                ["pk": item["pk"] ?? .null, "sk": item["sk"] ?? .null],
                if: condition,
                values: used
            )
            try checkEqual(found, expected, "'\(condition)'")
        }
    }
}

extension APIConformance {
    static let conditionCases: [APIConformanceCase] = [
        APIConformanceCase("condition: a put happens only if it holds") { subject in
            let table = try await subject.table().tableName
            let first = subject.item("a", 1, ["v": .string("1")])
            func put(_ item: Item) async throws {
                _ = try await subject.api.putItem(
                    PutItemRequest(
                        tableName: table,
                        item: item,
                        conditionExpression: "attribute_not_exists(#p)",
                        attributeNames: ["#p": "pk"]
                    )
                )
            }
            try await put(first)
            try await checkRefused(.conditionalCheckFailed) {
                try await put(subject.item("a", 1, ["v": .string("2")]))
            }
            try checkEqual(try await subject.get(table, subject.item("a", 1)), first, "the item")
        },
        APIConformanceCase("condition: an update happens only if it holds") { subject in
            let table = try await subject.table().tableName
            func update(_ expected: String, _ new: String) async throws {
                _ = try await subject.api.updateItem(
                    UpdateItemRequest(
                        tableName: table,
                        key: subject.item("a", 1),
                        updateExpression: "SET v = :new",
                        conditionExpression: "v = :old",
                        attributeValues: [":old": .string(expected), ":new": .string(new)]
                    )
                )
            }
            try await checkRefused(.conditionalCheckFailed, what: "a missing item") { try await update("1", "2") }
            try checkEqual(try await subject.get(table, subject.item("a", 1)), nil, "the missing item")
            try await subject.put(table, subject.item("a", 1, ["v": .string("1")]))
            try await update("1", "2")
            try await checkRefused(.conditionalCheckFailed) { try await update("1", "3") }
            try checkEqual(try await subject.get(table, subject.item("a", 1))?["v"], .string("2"), "the attribute")
        },
        APIConformanceCase("condition: a delete happens only if it holds") { subject in
            let table = try await subject.table().tableName
            try await subject.put(table, subject.item("a", 1, ["v": .string("1")]))
            for (value, expected) in [("2", false), ("1", true), ("1", false)] {
                let isDeleted = try await subject.deletes(
                    table,
                    subject.item("a", 1),
                    if: "#v = :v",
                    names: ["#v": "v"],
                    values: [":v": .string(value)]
                )
                try checkEqual(isDeleted, expected, "whether it was deleted")
            }
        },
        APIConformanceCase("condition: one that does not hold gives the item back if asked") { subject in
            let table = try await subject.table().tableName
            let item = subject.item("a", 1, ["v": .string("1")])
            try await subject.put(table, item)
            var request = DeleteItemRequest(
                tableName: table,
                key: subject.item("a", 1),
                conditionExpression: "attribute_exists(w)",
                returnValuesOnConditionCheckFailure: .allOld
            )
            let asked = try await checkRefused(.conditionalCheckFailed) { try await subject.api.deleteItem(request) }
            try checkEqual(asked.detail, .conditionalCheckFailed(item: item), "the detail")
            request.returnValuesOnConditionCheckFailure = .none
            let other = try await checkRefused(.conditionalCheckFailed) { try await subject.api.deleteItem(request) }
            try checkEqual(other.detail, .conditionalCheckFailed(item: nil), "the detail nobody asked for")
            try checkEqual(other.message, "The conditional request failed", "the text")
            request.key = subject.item("a", 2)
            request.returnValuesOnConditionCheckFailure = .allOld
            let none = try await checkRefused(.conditionalCheckFailed) { try await subject.api.deleteItem(request) }
            try checkEqual(none.detail, .conditionalCheckFailed(item: nil), "the detail of a missing item")
        },
        APIConformanceCase("condition: one that does not hold makes no record") { subject in
            let (table, stream) = try await subject.streamingTable()
            try await subject.put(table, subject.item("a", 1))
            for key in [subject.item("a", 1), subject.item("a", 2)] {
                try check(
                    try await !subject.deletes(table, key, if: "attribute_exists(v)"),
                    "it holds"
                )
            }
            try checkEqual(try await subject.records(stream).count, 1, "the number of records")
        },
        APIConformanceCase("condition: values are compared by value, not by spelling") { subject in
            try await subject.check(
                subject.item(
                    "a",
                    1,
                    [
                        "n": numberValue("10"), "s": .string("10"), "b": .binary([0, 200]),
                        "ss": .stringSet(["x", "y"]),
                    ]
                ),
                [
                    ("n = :n", true), ("n > :nine", true), ("s < :snine", true), ("b > :b", true), ("ss = :ss", true),
                    ("n BETWEEN :nine AND :n", true), ("s IN (:s, :snine)", true), ("n IN (:nine)", false),
                ],
                [
                    ":n": numberValue("10.0"), ":s": .string("10"), ":nine": numberValue("9"), ":snine": .string("9"),
                    ":b": .binary([0, 100]), ":ss": .stringSet(["y", "x"]),
                ]
            )
        },
        APIConformanceCase("condition: comparing values of two types is false, not an error") { subject in
            try await subject.check(
                subject.item("a", 1, ["n": numberValue("10"), "s": .string("10"), "l": .list([])]),
                [
                    ("n = :s", false), ("n <> :s", true), ("n < :s", false), ("s > :n", false), ("l < :n", false),
                    ("s BETWEEN :n AND :n", false), ("s IN (:n)", false),
                ],
                [":n": numberValue("10"), ":s": .string("10")]
            )
        },
        APIConformanceCase("condition: what is absent is unequal to everything and nothing else") { subject in
            try await subject.check(
                subject.item("a", 1),
                [
                    ("x = :v", false), ("x <> :v", true), ("x < :v", false), ("x = y", false), ("x <> y", true),
                    ("x <= y", false), ("x IN (:v)", false), ("attribute_exists(x)", false),
                    ("attribute_not_exists(x)", true), ("begins_with(x, :v)", false), ("contains(x, :v)", false),
                ],
                [":v": .string("v")]
            )
        },
        APIConformanceCase("condition: AND goes before OR, NOT before both, parentheses before all") { subject in
            try await subject.check(
                subject.item("a", 1, ["n": numberValue("1")]),
                [
                    ("n = :one OR n = :two AND n = :two", true), ("(n = :one OR n = :two) AND n = :two", false),
                    ("NOT n = :one AND n = :two", false), ("NOT (n = :one AND n = :two)", true),
                    ("n BETWEEN :one AND :two AND n = :two", false), ("not n = :two or n = :two", true),
                ],
                [":one": numberValue("1"), ":two": numberValue("2")]
            )
        },
        APIConformanceCase("condition: functions look at types, parts and sizes") { subject in
            try await subject.check(
                subject.item(
                    "a",
                    1,
                    [
                        "s": .string("hello"), "l": .list([numberValue("1"), .string("x")]),
                        "ns": .numberSet([DecimalNumber(1)]), "m": .map(["k": .list([.string("deep")])]),
                    ]
                ),
                [
                    ("attribute_type(s, :S)", true), ("attribute_type(l, :S)", false), ("begins_with(s, :he)", true),
                    ("begins_with(l, :he)", false), ("contains(s, :ell)", true), ("contains(ns, :one)", true),
                    ("contains(l, :one)", true), ("contains(l, :ell)", false), ("size(s) = :five", true),
                    ("size(m) = :one", true), ("size(l) > :one", true), ("m.k[0] = :deep", true),
                    ("m.k[1] = :deep", false), ("attribute_exists(m.k)", true), ("attribute_exists(m.z)", false),
                ],
                [
                    ":S": .string("S"), ":he": .string("he"), ":ell": .string("ell"), ":one": numberValue("1"),
                    ":five": numberValue("5"), ":deep": .string("deep"),
                ]
            )
        },
        APIConformanceCase("condition: nonsense is refused") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            for condition in [
                "", "v", "v =", "v = :v AND", "(v = :v", "size(v)", "size(v, w) = :v", "attribute_exists(:v)",
                "nothing(v)", "v IN ()", "v BETWEEN :v", "attribute_exists(v) = :v",
            ] {
                try await checkRefused(.validation, what: "'\(condition)'") {
                    try await subject.deletes(
                        table,
                        key,
                        if: condition,
                        values: condition.contains(":v") ? [":v": .string("v")] : [:]
                    )
                }
            }
        },
        APIConformanceCase("condition: constants of types that cannot be are refused") { subject in
            let table = try await subject.table().tableName
            for condition in ["v < :l", "begins_with(v, :n)", "attribute_type(v, :n)", "v BETWEEN :n AND :o"] {
                let values: Item = [":l": .list([]), ":n": numberValue("2"), ":o": numberValue("1")]
                try await checkRefused(.validation, what: "'\(condition)'") {
                    try await subject.deletes(
                        table,
                        subject.item("a", 1),
                        if: condition,
                        values: values.filter { condition.contains($0.key) }
                    )
                }
            }
        },
        APIConformanceCase("condition: placeholders that are not used or not defined are refused") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await checkRefused(.validation, what: "an unused value") {
                try await subject.deletes(table, key, if: "attribute_exists(v)", values: [":v": .null])
            }
            try await checkRefused(.validation, what: "an unused name") {
                try await subject.deletes(table, key, if: "attribute_exists(v)", names: ["#v": "v"])
            }
            try await checkRefused(.validation, what: "an undefined value") {
                try await subject.deletes(table, key, if: "v = :v")
            }
            try await checkRefused(.validation, what: "an undefined name") {
                try await subject.deletes(table, key, if: "attribute_exists(#v)")
            }
        },
    ]
}
