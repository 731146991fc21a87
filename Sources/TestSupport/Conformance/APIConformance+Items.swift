// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    private static let ofAllTypes: Item = [
        "pk": .string("a"), "sk": numberValue("1"), "s": .string("text \u{1F600} \" \\ \n"), "empty": .string(""),
        "n": numberValue("-12.5"), "b": .binary([0, 255, 128]), "emptyBinary": .binary([]), "true": .bool(true),
        "false": .bool(false), "null": .null, "m": .map(["x": .list([.map([:])])]), "l": .list([.string("a"), .null]),
        "ss": .stringSet(["b", "a"]), "ns": .numberSet([DecimalNumber(1), DecimalNumber(-2)]),
        "bs": .binarySet([[1], [2, 3]]),
    ]

    static let itemCases: [APIConformanceCase] = [
        APIConformanceCase("item: all ten types come back as they were put") { subject in
            let table = try await subject.table().tableName
            try await subject.put(table, Self.ofAllTypes)
            try checkEqual(try await subject.get(table, subject.item("a", 1)), Self.ofAllTypes, "the item")
        },
        APIConformanceCase("item: a missing item has no Item member") { subject in
            let table = try await subject.table().tableName
            try checkEqual(try await subject.get(table, subject.item("a", 1)), nil, "the item")
        },
        APIConformanceCase("item: a put replaces the whole item") { subject in
            let table = try await subject.table().tableName
            try await subject.put(table, subject.item("a", 1, ["x": .bool(true)]))
            try await subject.put(table, subject.item("a", 1, ["y": .bool(true)]))
            let item = subject.item("a", 1, ["y": .bool(true)])
            try checkEqual(try await subject.get(table, subject.item("a", 1)), item, "the item")
        },
        APIConformanceCase("item: PutItem returns ALL_OLD, nothing for a new item") { subject in
            let table = try await subject.table().tableName
            var request = PutItemRequest(
                tableName: table,
                item: subject.item("a", 1, ["v": .string("1")]),
                returnValues: .allOld
            )
            try checkEqual(try await subject.api.putItem(request).attributes, nil, "the first answer")
            request.item["v"] = .string("2")
            let old = try await subject.api.putItem(request).attributes
            try checkEqual(old, subject.item("a", 1, ["v": .string("1")]), "the second answer")
        },
        APIConformanceCase("item: PutItem and DeleteItem take NONE and ALL_OLD only") { subject in
            let table = try await subject.table().tableName
            for values in [ReturnValues.allNew, .updatedOld, .updatedNew] {
                try await checkRefused(.validation, what: "PutItem with \(values.rawValue)") {
                    try await subject.api.putItem(
                        PutItemRequest(tableName: table, item: subject.item("a", 1), returnValues: values)
                    )
                }
                try await checkRefused(.validation, what: "DeleteItem with \(values.rawValue)") {
                    try await subject.api.deleteItem(
                        DeleteItemRequest(tableName: table, key: subject.item("a", 1), returnValues: values)
                    )
                }
            }
        },
        APIConformanceCase("item: DeleteItem removes, and returns ALL_OLD") { subject in
            let table = try await subject.table().tableName
            let item = subject.item("a", 1, ["v": .string("1")])
            try await subject.put(table, item)
            let request = DeleteItemRequest(tableName: table, key: subject.item("a", 1), returnValues: .allOld)
            try checkEqual(try await subject.api.deleteItem(request).attributes, item, "the answer")
            try checkEqual(try await subject.get(table, subject.item("a", 1)), nil, "the item")
        },
        APIConformanceCase("item: deleting a missing item succeeds") { subject in
            let table = try await subject.table().tableName
            let request = DeleteItemRequest(tableName: table, key: subject.item("a", 1), returnValues: .allOld)
            try checkEqual(try await subject.api.deleteItem(request).attributes, nil, "the answer")
        },
        APIConformanceCase("item: operations on a missing table are refused") { subject in
            let table = subject.prefix + "missing"
            let item = subject.item("a", 1)
            try await checkRefused(.resourceNotFound) { try await subject.put(table, item) }
            try await checkRefused(.resourceNotFound) { try await subject.get(table, item) }
            try await checkRefused(.resourceNotFound) { try await subject.delete(table, item) }
            try await checkRefused(.resourceNotFound) { try await subject.update(table, item, nil) }
            try await checkRefused(.resourceNotFound) { try await subject.api.scan(ScanRequest(tableName: table)) }
        },
        APIConformanceCase("item: numbers keep 38 digits and their whole range") { subject in
            let table = try await subject.table().tableName
            for text in [
                "12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678", "1E-130",
                "9.9999999999999999999999999999999999999E+125", "-9.9999999999999999999999999999999999999E+125", "0",
            ] {
                let item = subject.item("a", 1, ["n": numberValue(text)])
                try await subject.put(table, item)
                try checkEqual(try await subject.get(table, subject.item("a", 1)), item, "the number \(text)")
            }
        },
        APIConformanceCase("item: empty sets are refused") { subject in
            let table = try await subject.table().tableName
            for value in [AttributeValue.stringSet([]), .numberSet([]), .binarySet([])] {
                try await checkRefused(.validation, what: "an empty \(value.typeName)") {
                    try await subject.put(table, subject.item("a", 1, ["v": value]))
                }
            }
        },
        APIConformanceCase("item: items have up to 400 KB, names included") { subject in
            let table = try await subject.table().tableName
            // pk, a, sk, 1 and v are 8 bytes.
            try await subject.put(
                table,
                subject.item("a", 1, ["v": .string(String(repeating: "x", count: 409_600 - 8))])
            )
            try await checkRefused(.validation) {
                try await subject.put(
                    table,
                    subject.item("a", 1, ["v": .string(String(repeating: "x", count: 409_600 - 7))])
                )
            }
        },
        APIConformanceCase("item: values nest up to 32 levels") { subject in
            let table = try await subject.table().tableName
            func nested(_ depth: Int) -> AttributeValue { depth == 0 ? .bool(true) : .list([nested(depth - 1)]) }
            try await subject.put(table, subject.item("a", 1, ["v": nested(31)]))
            try await checkRefused(.validation) {
                try await subject.put(table, subject.item("a", 1, ["v": nested(33)]))
            }
        },
    ]

    static let keyCases: [APIConformanceCase] = [
        APIConformanceCase("key: one of the wrong type is refused everywhere") { subject in
            let table = try await subject.table().tableName
            let wrong: Item = ["pk": numberValue("1"), "sk": numberValue("1")]
            try await checkRefused(.validation, what: "PutItem") { try await subject.put(table, wrong) }
            try await checkRefused(.validation, what: "GetItem") { try await subject.get(table, wrong) }
            try await checkRefused(.validation, what: "DeleteItem") { try await subject.delete(table, wrong) }
            try await checkRefused(.validation, what: "UpdateItem") { try await subject.update(table, wrong, nil) }
        },
        APIConformanceCase("key: a missing attribute is refused everywhere") { subject in
            let table = try await subject.table().tableName
            let short: Item = ["pk": .string("a")]
            try await checkRefused(.validation, what: "PutItem") { try await subject.put(table, short) }
            try await checkRefused(.validation, what: "GetItem") { try await subject.get(table, short) }
            try await checkRefused(.validation, what: "DeleteItem") { try await subject.delete(table, short) }
            try await checkRefused(.validation, what: "UpdateItem") { try await subject.update(table, short, nil) }
        },
        APIConformanceCase("key: a surplus attribute is refused") { subject in
            let table = try await subject.table().tableName
            let long = subject.item("a", 1, ["x": .bool(true)])
            try await checkRefused(.validation, what: "GetItem") { try await subject.get(table, long) }
            try await checkRefused(.validation, what: "DeleteItem") { try await subject.delete(table, long) }
            try await checkRefused(.validation, what: "UpdateItem") { try await subject.update(table, long, nil) }
        },
        APIConformanceCase("key: an empty string is refused") { subject in
            let table = try await subject.table().tableName
            try await checkRefused(.validation) { try await subject.put(table, subject.item("", 1)) }
            try await checkRefused(.validation) { try await subject.get(table, subject.item("", 1)) }
        },
        APIConformanceCase("key: an empty binary is refused") { subject in
            let keys = KeySchema(partition: KeyAttribute(name: "b", type: .binary))
            let table = try await subject.table(keys: keys).tableName
            try await checkRefused(.validation) { try await subject.put(table, ["b": .binary([])]) }
            try await subject.put(table, ["b": .binary([0])])
        },
        APIConformanceCase("key: a partition key has up to 2048 bytes, a sort key up to 1024") { subject in
            let keys = KeySchema(
                partition: KeyAttribute(name: "pk", type: .string),
                sort: KeyAttribute(name: "sk", type: .string)
            )
            let table = try await subject.table(keys: keys).tableName
            func item(_ partition: Int, _ sort: Int) -> Item {
                [
                    "pk": .string(String(repeating: "p", count: partition)),
                    "sk": .string(String(repeating: "s", count: sort)),
                ]
            }
            try await subject.put(table, item(2048, 1024))
            try await checkRefused(.validation) { try await subject.put(table, item(2049, 1)) }
            try await checkRefused(.validation) { try await subject.put(table, item(1, 1025)) }
        },
        APIConformanceCase("key: numbers are the same key when they are the same number") { subject in
            let table = try await subject.table().tableName
            try await subject.put(table, ["pk": .string("a"), "sk": numberValue("1e3"), "v": .string("1")])
            try await subject.put(table, ["pk": .string("a"), "sk": numberValue("1000.0"), "v": .string("2")])
            let item = try await subject.get(table, ["pk": .string("a"), "sk": numberValue("1000")])
            try checkEqual(item?["v"], .string("2"), "the attribute")
            let scan = try await subject.api.scan(ScanRequest(tableName: table))
            try checkEqual(scan.count, 1, "the number of items")
        },
        APIConformanceCase("key: tables may have a partition key alone") { subject in
            let keys = KeySchema(partition: KeyAttribute(name: "id", type: .number))
            let table = try await subject.table(keys: keys).tableName
            try await subject.put(table, ["id": numberValue("7"), "v": .string("1")])
            let item = try await subject.get(table, ["id": numberValue("7")])
            try checkEqual(item?["v"], .string("1"), "the attribute")
        },
    ]
}
