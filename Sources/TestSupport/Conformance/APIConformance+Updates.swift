// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    static let updateCases: [APIConformanceCase] = [
        APIConformanceCase("update: a missing item is created with its key") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.update(table, key, "SET v = :v", values: [":v": .string("1")])
            let item = subject.item("a", 1, ["v": .string("1")])
            try checkEqual(try await subject.get(table, key), item, "the item")
        },
        APIConformanceCase("update: without an expression it creates the key alone") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.update(table, key, nil)
            try checkEqual(try await subject.get(table, key), key, "the item")
        },
        APIConformanceCase("update: REMOVE on a missing item creates nothing") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.update(table, key, "REMOVE v")
            try checkEqual(try await subject.get(table, key), nil, "the item")
        },
        APIConformanceCase("update: SET, REMOVE, ADD and DELETE work together") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.put(
                table,
                subject.item("a", 1, ["x": .string("1"), "n": numberValue("5"), "ss": .stringSet(["a", "b"])])
            )
            try await subject.update(
                table,
                key,
                "SET y = :y REMOVE x ADD n :n DELETE ss :ss",
                values: [":y": .string("2"), ":n": numberValue("2.5"), ":ss": .stringSet(["a"])]
            )
            let item = subject.item(
                "a",
                1,
                ["y": .string("2"), "n": numberValue("7.5"), "ss": .stringSet(["b"])]
            )
            try checkEqual(try await subject.get(table, key), item, "the item")
        },
        APIConformanceCase("update: arithmetic is decimal") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.put(table, subject.item("a", 1, ["n": numberValue("0.3")]))
            try await subject.update(table, key, "SET n = n - :x", values: [":x": numberValue("0.1")])
            try checkEqual(try await subject.get(table, key)?["n"], numberValue("0.2"), "0.3 - 0.1")
            try await subject.update(table, key, "SET n = n + :x", values: [":x": numberValue("1E+20")])
            try checkEqual(
                try await subject.get(table, key)?["n"],
                numberValue("100000000000000000000.2"),
                "the sum"
            )
        },
        APIConformanceCase("update: a result beyond the range of numbers is refused") { subject in
            let table = try await subject.table().tableName
            let big = numberValue("9E+125")
            try await subject.put(table, subject.item("a", 1, ["n": big]))
            try await checkRefused(.validation) {
                try await subject.update(table, subject.item("a", 1), "SET n = n + :n", values: [":n": big])
            }
        },
        APIConformanceCase("update: if_not_exists keeps what is there") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            for value in ["1", "2"] {
                try await subject.update(
                    table,
                    key,
                    "SET v = if_not_exists(v, :v)",
                    values: [":v": .string(value)]
                )
            }
            try checkEqual(try await subject.get(table, key)?["v"], .string("1"), "the attribute")
        },
        APIConformanceCase("update: if_not_exists counts from nothing") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            for _ in 0..<3 {
                try await subject.update(
                    table,
                    key,
                    "SET n = if_not_exists(n, :zero) + :one",
                    values: [":zero": numberValue("0"), ":one": numberValue("1")]
                )
            }
            try checkEqual(try await subject.get(table, key)?["n"], numberValue("3"), "the attribute")
        },
        APIConformanceCase("update: ADD begins with 0 or an empty set") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.update(
                table,
                key,
                "ADD n :n, ss :ss",
                values: [":n": numberValue("4"), ":ss": .stringSet(["x"])]
            )
            let item = subject.item("a", 1, ["n": numberValue("4"), "ss": .stringSet(["x"])])
            try checkEqual(try await subject.get(table, key), item, "the item")
        },
        APIConformanceCase("update: ADD to an attribute of another type is refused") { subject in
            let table = try await subject.table().tableName
            try await subject.put(table, subject.item("a", 1, ["v": .string("1")]))
            try await checkRefused(.validation) {
                try await subject.update(
                    table,
                    subject.item("a", 1),
                    "ADD v :n",
                    values: [":n": numberValue("1")]
                )
            }
        },
        APIConformanceCase("update: DELETE of the last member removes the attribute") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.put(table, subject.item("a", 1, ["ss": .stringSet(["x"])]))
            try await subject.update(table, key, "DELETE ss :ss", values: [":ss": .stringSet(["x", "y"])])
            try checkEqual(try await subject.get(table, key), key, "the item")
        },
        APIConformanceCase("update: names of all kinds go by placeholders") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.update(
                table,
                key,
                "SET #a = :v, #b = :v",
                names: ["#a": "size", "#b": "a name with spaces"],
                values: [":v": .bool(true)]
            )
            let item = subject.item("a", 1, ["size": .bool(true), "a name with spaces": .bool(true)])
            try checkEqual(try await subject.get(table, key), item, "the item")
        },
        APIConformanceCase("update: reserved words have to go by placeholders") { subject in
            let table = try await subject.table().tableName
            try await checkRefused(.validation) {
                try await subject.update(
                    table,
                    subject.item("a", 1),
                    "SET size = :v",
                    values: [":v": .bool(true)]
                )
            }
        },
        APIConformanceCase("update: names and values that are not used are refused") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await checkRefused(.validation, what: "an unused value") {
                try await subject.update(table, key, "SET v = :v", values: [":v": .null, ":w": .null])
            }
            try await checkRefused(.validation, what: "an unused name") {
                try await subject.update(table, key, "SET v = :v", names: ["#x": "x"], values: [":v": .null])
            }
            try await checkRefused(.validation, what: "a value without an expression") {
                try await subject.update(table, key, nil, values: [":v": .null])
            }
        },
        APIConformanceCase("update: names and values that are not defined are refused") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await checkRefused(.validation, what: "an undefined value") {
                try await subject.update(table, key, "SET v = :v")
            }
            try await checkRefused(.validation, what: "an undefined name") {
                try await subject.update(table, key, "SET #v = :v", values: [":v": .null])
            }
        },
        APIConformanceCase("update: nonsense is refused") { subject in
            let table = try await subject.table().tableName
            for expression in ["", "SET", "SET v", "SET v = ", "v = :v", "SET v = :v SET w = :v", "SET v = :v,"] {
                try await checkRefused(.validation, what: "'\(expression)'") {
                    try await subject.update(
                        table,
                        subject.item("a", 1),
                        expression,
                        values: expression.contains(":v") ? [":v": .null] : [:]
                    )
                }
            }
        },
        APIConformanceCase("update: an attribute can be changed once") { subject in
            let table = try await subject.table().tableName
            try await checkRefused(.validation) {
                try await subject.update(
                    table,
                    subject.item("a", 1),
                    "SET v = :v REMOVE v",
                    values: [":v": .null]
                )
            }
        },
        APIConformanceCase("update: key attributes cannot be changed") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            try await subject.put(table, key)
            try await checkRefused(.validation) {
                try await subject.update(table, key, "SET sk = :v", values: [":v": numberValue("2")])
            }
            try await checkRefused(.validation) { try await subject.update(table, key, "REMOVE pk") }
        },
        APIConformanceCase("update: ReturnValues give what they say") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            let old = subject.item("a", 1, ["v": .string("0"), "w": .string("w")])
            for (values, expected) in [
                (ReturnValues.none, nil), (.allOld, old), (.updatedOld, ["v": .string("0")]),
                (.allNew, subject.item("a", 1, ["v": .string("1"), "w": .string("w")])),
                (.updatedNew, ["v": .string("1")]),
            ] {
                try await subject.put(table, old)
                let found = try await subject.update(
                    table,
                    key,
                    "SET v = :v",
                    values: [":v": .string("1")],
                    returns: values
                )
                try checkEqual(found, expected, values.rawValue)
            }
        },
        APIConformanceCase("update: where nothing is to be returned there is no Attributes member") { subject in
            let table = try await subject.table().tableName
            let key = subject.item("a", 1)
            for values in [ReturnValues.allOld, .updatedOld] {
                let found = try await subject.update(
                    table,
                    key,
                    "SET v = :v",
                    values: [":v": .null],
                    returns: values
                )
                try checkEqual(found, nil, values.rawValue)
                try await subject.delete(table, key)
            }
        },
    ]
}
