// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    private static func kinds(
        _ subject: APISubject,
        _ writes: (String) async throws -> Void
    ) async throws -> [ChangeKind] {
        let (table, stream) = try await subject.streamingTable()
        try await writes(table)
        return try await subject.records(stream).map(\.kind)
    }

    static let recordCases: [APIConformanceCase] = [
        APIConformanceCase("record: put, update and delete make INSERT, MODIFY and REMOVE") { subject in
            let kinds = try await Self.kinds(subject) { table in
                try await subject.put(table, subject.item("a", 1))
                try await subject.put(table, subject.item("a", 1, ["v": .string("1")]))
                try await subject.update(
                    table,
                    subject.item("a", 1),
                    "SET v = :v",
                    values: [":v": .string("2")]
                )
                try await subject.delete(table, subject.item("a", 1))
            }
            try checkEqual(kinds, [.insert, .modify, .modify, .remove], "the kinds")
        },
        APIConformanceCase("record: an update that creates the item makes one INSERT") { subject in
            let kinds = try await Self.kinds(subject) { table in
                try await subject.update(table, subject.item("a", 1), "SET v = :v", values: [":v": .null])
                try await subject.update(table, subject.item("b", 1), nil)
            }
            try checkEqual(kinds, [.insert, .insert], "the kinds")
        },
        APIConformanceCase("record: the same put again makes none") { subject in
            let kinds = try await Self.kinds(subject) { table in
                let item = subject.item("a", 1, ["ss": .stringSet(["a", "b"]), "m": .map(["x": .null])])
                try await subject.put(table, item)
                try await subject.put(table, item)
            }
            try checkEqual(kinds, [.insert], "the kinds")
        },
        APIConformanceCase("record: updates that leave the item equal make none") { subject in
            let kinds = try await Self.kinds(subject) { table in
                let key = subject.item("a", 1)
                try await subject.put(table, subject.item("a", 1, ["v": .string("1"), "n": numberValue("1")]))
                try await subject.update(table, key, "SET v = :v", values: [":v": .string("1")])
                try await subject.update(table, key, "ADD n :n", values: [":n": numberValue("0")])
                try await subject.update(table, key, "REMOVE absent")
                try await subject.update(table, key, nil)
            }
            try checkEqual(kinds, [.insert], "the kinds")
        },
        APIConformanceCase("record: REMOVE on a missing item makes none") { subject in
            let kinds = try await Self.kinds(subject) { table in
                try await subject.update(table, subject.item("a", 1), "REMOVE v")
            }
            try checkEqual(kinds, [], "the kinds")
        },
        APIConformanceCase("record: deleting a missing item makes none") { subject in
            let kinds = try await Self.kinds(subject) { table in
                try await subject.delete(table, subject.item("a", 1))
            }
            try checkEqual(kinds, [], "the kinds")
        },
        APIConformanceCase("record: reads and refused writes make none") { subject in
            let kinds = try await Self.kinds(subject) { table in
                _ = try await subject.get(table, subject.item("a", 1))
                _ = try await subject.api.scan(ScanRequest(tableName: table))
                try await checkRefused(.validation) { try await subject.put(table, ["pk": .string("a")]) }
                try await checkRefused(.validation) {
                    let item = WriteRequest.put(subject.item("a", 1))
                    try await subject.batch([table: [item, item]])
                }
            }
            try checkEqual(kinds, [], "the kinds")
        },
        APIConformanceCase("record: changes of an item are in order") { subject in
            let (table, stream) = try await subject.streamingTable(.newImage)
            for value in 0..<20 {
                try await subject.put(table, subject.item("a", 1, ["v": numberValue("\(value)")]))
                try await subject.put(table, subject.item("b", 1, ["v": numberValue("\(value)")]))
            }
            let records = try await subject.records(stream)
            for partition in ["a", "b"] {
                let values = try records.compactMap { try $0.newImage?.decoded() }
                    .filter { $0["pk"] == .string(partition) }.map { $0["v"] }
                try checkEqual(values, (0..<20).map { numberValue("\($0)") }, "the values of \(partition)")
            }
        },
        APIConformanceCase("record: sequence numbers rise and have 21 to 40 digits") { subject in
            let numbers = try await subject.filled(12).records.map(\.sequenceNumber)
            try check(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }, "they do not rise")
            let digits = numbers.map(\.text.count)
            try check(digits.allSatisfy { (21...40).contains($0) }, "they have \(digits) digits")
        },
        APIConformanceCase("record: sequence numbers lie within their shard's") { subject in
            let (_, _, shard, records) = try await subject.filled()
            try check(records.allSatisfy { $0.sequenceNumber >= shard.range.start }, "one is before the shard's start")
        },
        APIConformanceCase("record: it is the same each time it is read") { subject in
            let (_, stream, shard, records) = try await subject.filled()
            let again = try await subject.read(stream, shard.id, .trimHorizon)
            try checkEqual(again.map(\.eventID), records.map(\.eventID), "the event ids")
            try checkEqual(again.map(\.sequenceNumber), records.map(\.sequenceNumber), "the sequence numbers")
        },
        APIConformanceCase("record: event ids are unique") { subject in
            let ids = try await subject.filled(12).records.map(\.eventID)
            try checkEqual(Set(ids).count, 12, "the number of ids")
            try check(ids.allSatisfy { !$0.text.isEmpty }, "one is empty")
        },
        APIConformanceCase("record: it has a time of whole seconds, a region and no mark of expiry") { subject in
            for record in try await subject.filled(8).records {
                try checkEqual(record.createdAt.milliseconds % 1000, 0, "the fraction of the second")
                try check(record.createdAt.milliseconds > 1_000_000_000_000, "the time is \(record.createdAt)")
                try check(!record.region.isEmpty, "there is no region")
                try check(!record.isTimeToLive, "it is marked as an expiry")
            }
        },
    ]

    static let imageCases: [APIConformanceCase] = [
        APIConformanceCase("image: each view type has those that it names, and keys always") { subject in
            let kinds: [ChangeKind] = [.insert, .modify, .remove]
            for viewType in StreamViewType.allCases {
                let created = try await subject.table("view-\(viewType)", stream: viewType)
                guard let stream = created.latestStreamARN else { throw APIConformanceFailure("no stream") }
                let table = created.tableName
                try await subject.put(table, subject.item("a", 1, ["v": .string("1")]))
                try await subject.put(table, subject.item("a", 1, ["v": .string("2")]))
                try await subject.delete(table, subject.item("a", 1))
                let records = try await subject.records(stream)
                try checkEqual(records.map(\.kind), kinds, "the kinds of \(viewType.rawValue)")
                for (record, values) in zip(records, [(nil, "1"), ("1", "2"), ("2", nil)] as [(String?, String?)]) {
                    let old = viewType.hasOldImage ? values.0 : nil
                    let new = viewType.hasNewImage ? values.1 : nil
                    let what = "of \(record.kind.rawValue) in \(viewType.rawValue)"
                    func image(_ value: String) -> Item { subject.item("a", 1, ["v": .string(value)]) }
                    try checkEqual(try record.oldImage?.decoded(), old.map(image), "the old image \(what)")
                    try checkEqual(try record.newImage?.decoded(), new.map(image), "the new image \(what)")
                    try checkEqual(try record.keys.decoded(), subject.item("a", 1), "the keys \(what)")
                    try checkEqual(record.viewType, viewType, "the view type \(what)")
                }
            }
        },
        APIConformanceCase("image: images are whole items, all types included") { subject in
            let (table, stream) = try await subject.streamingTable()
            let more: Item = [
                "n": numberValue("1.5"), "b": .binary([1, 2]), "l": .list([.null, .bool(true)]),
                "ns": .numberSet([DecimalNumber(1)]), "m": .map(["x": .string("y")]),
            ]
            try await subject.put(table, subject.item("a", 1, more))
            try await subject.update(table, subject.item("a", 1), "SET n = :n", values: [":n": numberValue("2")])
            let records = try await subject.records(stream)
            try checkEqual(records.count, 2, "the number of records")
            try checkEqual(try records.last?.oldImage?.decoded(), subject.item("a", 1, more), "the old image")
            let after = subject.item("a", 1, more.merging(["n": numberValue("2")]) { $1 })
            try checkEqual(try records.last?.newImage?.decoded(), after, "the new image")
        },
        APIConformanceCase("image: of an item that is only its key it has only the key") { subject in
            let (table, stream) = try await subject.streamingTable()
            try await subject.put(table, subject.item("a", 1))
            let record = try await subject.records(stream).first
            try checkEqual(try record?.newImage?.decoded(), subject.item("a", 1), "the new image")
        },
        APIConformanceCase("image: SizeBytes is the size of keys and images by the item size rule") { subject in
            let keys = KeySchema(partition: KeyAttribute(name: "id", type: .string))
            let (table, stream) = try await subject.streamingTable(keys: keys)
            try await subject.put(table, ["id": .string("Fred")])
            try await subject.put(table, ["id": .string("Fred"), "v": .string("ä")])
            try await subject.delete(table, ["id": .string("Fred")])
            let sizes = try await subject.records(stream).map(\.size.bytes)
            // 6 bytes for the key, then what is in the images: 6; 6 and 9; 9.
            try checkEqual(sizes, [12, 21, 15], "the sizes")
        },
        APIConformanceCase("image: SizeBytes without images is the size of the keys") { subject in
            let keys = KeySchema(partition: KeyAttribute(name: "id", type: .string))
            let (table, stream) = try await subject.streamingTable(.keysOnly, keys: keys)
            try await subject.put(table, ["id": .string("Fred"), "v": .string("long text")])
            let sizes = try await subject.records(stream).map(\.size.bytes)
            try checkEqual(sizes, [6], "the sizes")
        },
    ]
}
