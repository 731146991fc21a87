// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    static let batchCases: [APIConformanceCase] = [
        APIConformanceCase("batch: puts and deletes of several tables are done") { subject in
            let first = try await subject.table("first").tableName
            let second = try await subject.table("second").tableName
            try await subject.put(first, subject.item("old", 1))
            try await subject.batch([
                first: [.put(subject.item("a", 1)), .delete(subject.item("old", 1))],
                second: [.put(subject.item("b", 1))],
            ])
            try check(try await subject.get(first, subject.item("a", 1)) != nil, "the first put is missing")
            try check(try await subject.get(first, subject.item("old", 1)) == nil, "the delete is missing")
            try check(try await subject.get(second, subject.item("b", 1)) != nil, "the second put is missing")
        },
        APIConformanceCase("batch: a key may go on as a stream record brought it") { subject in
            let (table, stream) = try await subject.streamingTable(.keysOnly)
            try await subject.put(table, subject.item("a", 1))
            let keys = try await subject.records(stream).map(\.keys)
            try await subject.batch([table: keys.map { .deleteEncoded($0) }])
            try check(try await subject.get(table, subject.item("a", 1)) == nil, "the item is still there")
        },
        APIConformanceCase("batch: 25 writes are the most") { subject in
            let table = try await subject.table().tableName
            let items = (0..<26).map { WriteRequest.put(subject.item("a", $0)) }
            try await subject.batch([table: Array(items.prefix(25))])
            try await checkRefused(.validation) { try await subject.batch([table: items]) }
        },
        APIConformanceCase("batch: one of nothing is refused") { subject in
            try await checkRefused(.validation) { try await subject.batch([:]) }
            let table = try await subject.table().tableName
            try await checkRefused(.validation) { try await subject.batch([table: []]) }
        },
        APIConformanceCase("batch: a key may occur once, puts and deletes together") { subject in
            let table = try await subject.table().tableName
            let item = subject.item("a", 1)
            for requests in [
                [WriteRequest.put(item), .put(item)], [.delete(item), .delete(item)], [.put(item), .delete(item)],
            ] {
                try await checkRefused(.validation) { try await subject.batch([table: requests]) }
            }
            try check(try await subject.get(table, item) == nil, "something was written")
        },
        APIConformanceCase("batch: a key that cannot be refuses the whole batch before anything is written") {
            subject in
            let table = try await subject.table().tableName
            for wrong in [
                ["pk": numberValue("1"), "sk": numberValue("1")], ["pk": .string("a")],
                ["pk": .string(""), "sk": numberValue("1")],
            ] as [Item] {
                try await checkRefused(.validation) {
                    try await subject.batch([table: [.put(subject.item("good", 1)), .put(wrong)]])
                }
            }
            try check(try await subject.get(table, subject.item("good", 1)) == nil, "something was written")
        },
        APIConformanceCase("batch: a surplus attribute in the key of a delete is refused") { subject in
            let table = try await subject.table().tableName
            try await checkRefused(.validation) {
                try await subject.batch([table: [.delete(subject.item("a", 1, ["x": .null]))]])
            }
        },
        APIConformanceCase("batch: a missing table refuses the whole batch") { subject in
            let table = try await subject.table().tableName
            try await checkRefused(.resourceNotFound) {
                try await subject.batch([
                    table: [.put(subject.item("a", 1))], subject.prefix + "missing": [.put(subject.item("a", 1))],
                ])
            }
            try check(try await subject.get(table, subject.item("a", 1)) == nil, "something was written")
        },
        APIConformanceCase("batch: an item that is too large refuses the whole batch") { subject in
            let table = try await subject.table().tableName
            let large = subject.item("b", 1, ["v": .string(String(repeating: "x", count: 409_600))])
            try await checkRefused(.validation) {
                try await subject.batch([table: [.put(subject.item("a", 1)), .put(large)]])
            }
            try check(try await subject.get(table, subject.item("a", 1)) == nil, "something was written")
        },
        APIConformanceCase("batch: each change makes a record, in the order of the request") { subject in
            let (table, stream) = try await subject.streamingTable(.keysOnly)
            try await subject.put(table, subject.item("a", 0))
            try await subject.batch([
                table: [.put(subject.item("a", 3)), .delete(subject.item("a", 0)), .put(subject.item("a", 1))]
            ])
            let records = try await subject.records(stream)
            try checkEqual(records.map(\.kind), [.insert, .insert, .remove, .insert], "the kinds")
            let keys = try records.map { try $0.keys.decoded()["sk"] }
            try checkEqual(keys, ["0", "3", "0", "1"].map { numberValue($0) }, "the keys")
        },
        APIConformanceCase("batch: writes that change nothing make no record") { subject in
            let (table, stream) = try await subject.streamingTable(.keysOnly)
            try await subject.put(table, subject.item("a", 0))
            try await subject.batch([table: [.put(subject.item("a", 0)), .delete(subject.item("a", 9))]])
            try checkEqual(try await subject.records(stream).count, 1, "the number of records")
        },
    ]

    static let scanCases: [APIConformanceCase] = [
        APIConformanceCase("scan: an empty table gives an empty page without a next one") { subject in
            let page = try await subject.api.scan(ScanRequest(tableName: subject.table().tableName))
            try checkEqual(page, ScanResult(items: [], count: 0), "the page")
        },
        APIConformanceCase("scan: pages hold each item once") { subject in
            let table = try await subject.table().tableName
            for index in 0..<7 { try await subject.put(table, subject.item("p\(index % 3)", index)) }
            var found: [Item] = []
            var request = ScanRequest(tableName: table, limit: 2)
            repeat {
                let page = try await subject.api.scan(request)
                try check(page.items.count <= 2 && page.count == page.items.count, "a page is of \(page.count)")
                found += page.items
                request.exclusiveStartKey = page.lastEvaluatedKey
            } while request.exclusiveStartKey != nil
            try checkEqual(found.count, 7, "the number of items")
            try checkEqual(Set(found), Set((0..<7).map { subject.item("p\($0 % 3)", $0) }), "the items")
        },
        APIConformanceCase("scan: a page that the limit cut tells the key of its last item") { subject in
            let table = try await subject.table().tableName
            for index in 0..<3 { try await subject.put(table, subject.item("a", index, ["v": .null])) }
            let page = try await subject.api.scan(ScanRequest(tableName: table, limit: 2))
            try checkEqual(page.lastEvaluatedKey, subject.item("a", 1), "LastEvaluatedKey")
        },
        APIConformanceCase("scan: a page has up to 1 MB") { subject in
            let table = try await subject.table().tableName
            let text = AttributeValue.string(String(repeating: "x", count: 300_000))
            for index in 0..<5 { try await subject.put(table, subject.item("a", index, ["v": text])) }
            let page = try await subject.api.scan(ScanRequest(tableName: table))
            try check((3...4).contains(page.count), "the page has \(page.count) items of 300,000 bytes")
            try check(page.lastEvaluatedKey != nil, "there is no LastEvaluatedKey")
        },
        APIConformanceCase("scan: COUNT gives the number without the items") { subject in
            let table = try await subject.table().tableName
            for index in 0..<3 { try await subject.put(table, subject.item("a", index)) }
            let page = try await subject.api.scan(ScanRequest(tableName: table, countsOnly: true))
            try checkEqual(page, ScanResult(items: [], count: 3), "the page")
        },
        APIConformanceCase("scan: segments hold each item once") { subject in
            let table = try await subject.table().tableName
            for index in 0..<12 { try await subject.put(table, subject.item("p\(index)", index)) }
            var found: [Item] = []
            for segment in 0..<3 {
                found += try await subject.api.scan(
                    ScanRequest(tableName: table, segment: segment, totalSegments: 3)
                ).items
            }
            try checkEqual(found.count, 12, "the number of items")
            try checkEqual(Set(found).count, 12, "the number of different items")
        },
        APIConformanceCase("scan: limits and segments out of range are refused") { subject in
            let table = try await subject.table().tableName
            for request in [
                ScanRequest(tableName: table, limit: 0), ScanRequest(tableName: table, segment: 0),
                ScanRequest(tableName: table, totalSegments: 2),
                ScanRequest(tableName: table, segment: 2, totalSegments: 2),
            ] {
                try await checkRefused(.validation) { try await subject.api.scan(request) }
            }
        },
        APIConformanceCase("scan: a start key of another shape is refused") { subject in
            let table = try await subject.table().tableName
            for key in [["pk": .string("a")], ["pk": numberValue("1"), "sk": numberValue("1")]] as [Item] {
                try await checkRefused(.validation) {
                    try await subject.api.scan(ScanRequest(tableName: table, exclusiveStartKey: key))
                }
            }
        },
    ]
}
