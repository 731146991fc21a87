// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    /// An item of the usual key `a`, 1 whose size is given: its attributes but for the padding are 8 bytes.
    private static func item(_ subject: APISubject, size: Int) -> Item {
        subject.item("a", 1, ["v": .string(String(repeating: "x", count: size - 8))])
    }

    private static func putUnits(_ subject: APISubject, _ table: String, size: Int) async throws -> Double? {
        let request = PutItemRequest(
            tableName: table,
            item: Self.item(subject, size: size),
            returnConsumedCapacity: .total
        )
        let capacity = try await subject.api.putItem(request).consumedCapacity
        try checkEqual(capacity?.tableName, table, "the table")
        return capacity?.capacityUnits
    }

    static let capacityCases: [APIConformanceCase] = [
        APIConformanceCase("capacity: nothing is told that was not asked for") { subject in
            let table = try await subject.table().tableName
            let put = try await subject.api.putItem(PutItemRequest(tableName: table, item: subject.item("a", 1)))
            try check(put.consumedCapacity == nil, "PutItem tells it")
            let delete = try await subject.api.deleteItem(
                DeleteItemRequest(tableName: table, key: subject.item("a", 1))
            )
            try check(delete.consumedCapacity == nil, "DeleteItem tells it")
            let batch = try await subject.api.batchWriteItem(
                BatchWriteItemRequest(requestItems: [table: [.delete(subject.item("a", 1))]])
            )
            try check(batch.consumedCapacity.isEmpty, "BatchWriteItem tells it")
        },
        APIConformanceCase("capacity: a write costs a unit for each 1024 bytes begun") { subject in
            let table = try await subject.table().tableName
            for (size, units) in [(100, 1.0), (1024, 1), (1025, 2), (10_240, 10)] {
                try await subject.delete(table, subject.item("a", 1))
                try checkEqual(try await Self.putUnits(subject, table, size: size), units, "the price of \(size) bytes")
            }
        },
        APIConformanceCase("capacity: a replacement costs by the larger of the two items") { subject in
            let table = try await subject.table().tableName
            _ = try await Self.putUnits(subject, table, size: 5000)
            try checkEqual(try await Self.putUnits(subject, table, size: 100), 5, "the price")
        },
        APIConformanceCase("capacity: a delete costs by the size of what it deletes, 1 for a missing item") { subject in
            let table = try await subject.table().tableName
            _ = try await Self.putUnits(subject, table, size: 3000)
            let request = DeleteItemRequest(
                tableName: table,
                key: subject.item("a", 1),
                returnConsumedCapacity: .total
            )
            for units in [3.0, 1] {
                let capacity = try await subject.api.deleteItem(request).consumedCapacity
                try checkEqual(capacity?.capacityUnits, units, "the price")
            }
        },
        APIConformanceCase("capacity: a read costs half a unit for each 4096 bytes begun, twice when consistent") {
            subject in
            let table = try await subject.table().tableName
            for (size, units) in [(100, 0.5), (4096, 0.5), (4097, 1)] {
                _ = try await Self.putUnits(subject, table, size: size)
                for (isConsistent, factor) in [(false, 1.0), (true, 2)] {
                    let request = GetItemRequest(
                        tableName: table,
                        key: subject.item("a", 1),
                        isConsistent: isConsistent,
                        returnConsumedCapacity: .total
                    )
                    let capacity = try await subject.api.getItem(request).consumedCapacity
                    try checkEqual(capacity?.capacityUnits, units * factor, "the price of \(size) bytes")
                }
            }
        },
        APIConformanceCase("capacity: reading a missing item costs as a small one") { subject in
            let table = try await subject.table().tableName
            let request = GetItemRequest(
                tableName: table,
                key: subject.item("a", 1),
                returnConsumedCapacity: .total
            )
            let capacity = try await subject.api.getItem(request).consumedCapacity
            try checkEqual(capacity?.capacityUnits, 0.5, "the price")
        },
        APIConformanceCase("capacity: an update costs by the larger of the item before and after") { subject in
            let table = try await subject.table().tableName
            _ = try await Self.putUnits(subject, table, size: 2500)
            let request = UpdateItemRequest(
                tableName: table,
                key: subject.item("a", 1),
                updateExpression: "REMOVE v",
                returnConsumedCapacity: .total
            )
            let capacity = try await subject.api.updateItem(request).consumedCapacity
            try checkEqual(capacity?.capacityUnits, 3, "the price")
        },
        APIConformanceCase("capacity: a batch costs the sum of its writes, told by table") { subject in
            let first = try await subject.table("first").tableName
            let second = try await subject.table("second").tableName
            _ = try await Self.putUnits(subject, first, size: 2500)
            let result = try await subject.api.batchWriteItem(
                BatchWriteItemRequest(
                    requestItems: [
                        first: [.delete(subject.item("a", 1)), .put(subject.item("b", 1))],
                        second: [.put(Self.item(subject, size: 1025))],
                    ],
                    returnConsumedCapacity: .total
                )
            )
            var units: [String: Double] = [:]
            for capacity in result.consumedCapacity { units[capacity.tableName, default: 0] += capacity.capacityUnits }
            try checkEqual(units, [first: 4, second: 2], "the prices")
        },
        APIConformanceCase("capacity: a scan costs by the sum of the sizes, not by item") { subject in
            let table = try await subject.table().tableName
            for index in 0..<10 {
                let item = subject.item("a", index, ["v": .string(String(repeating: "x", count: 900))])
                try await subject.put(table, item)
            }
            let request = ScanRequest(tableName: table, returnConsumedCapacity: .total)
            let capacity = try await subject.api.scan(request).consumedCapacity
            // 10 items of some 908 bytes are 3 times 4096 bytes begun.
            try checkEqual(capacity?.capacityUnits, 1.5, "the price")
        },
        APIConformanceCase("capacity: a stream makes writes no dearer") { subject in
            let (table, _) = try await subject.streamingTable()
            try checkEqual(try await Self.putUnits(subject, table, size: 1024), 1, "the price")
        },
    ]
}
