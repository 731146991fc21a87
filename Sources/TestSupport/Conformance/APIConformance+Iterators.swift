// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    static let iteratorCases: [APIConformanceCase] = [
        APIConformanceCase("iterator: TRIM_HORIZON gives the oldest record kept") { subject in
            let (_, stream, shard, records) = try await subject.filled()
            let first = try await subject.api.records(
                at: subject.iterator(stream, shard.id, .trimHorizon),
                limit: 1
            ).records
            try checkEqual(first.map(\.sequenceNumber), [records[0].sequenceNumber], "the record")
        },
        APIConformanceCase("iterator: LATEST gives nothing older, and what comes") { subject in
            let (table, stream, shard, _) = try await subject.filled()
            let iterator = try await subject.iterator(stream, shard.id, .latest)
            let page = try await subject.api.records(at: iterator, limit: 1000)
            try checkEqual(page.records.count, 0, "the number of older records")
            try await subject.put(table, subject.item("a", 100))
            guard let next = page.next else { throw APIConformanceFailure("there is no next iterator") }
            let keys = try await subject.read(from: next).map { try $0.keys.decoded()["sk"] }
            try checkEqual(keys, [numberValue("100")], "the keys")
        },
        APIConformanceCase("iterator: AT includes its record, AFTER does not") { subject in
            let (_, stream, shard, records) = try await subject.filled()
            let numbers = records.map(\.sequenceNumber)
            let from = try await subject.read(stream, shard.id, .at(numbers[2])).map(\.sequenceNumber)
            try checkEqual(from, Array(numbers[2...]), "the records from the third")
            let behind = try await subject.read(stream, shard.id, .after(numbers[2])).map(\.sequenceNumber)
            try checkEqual(behind, Array(numbers[3...]), "the records behind the third")
        },
        APIConformanceCase("iterator: AFTER the last record gives none") { subject in
            let (_, stream, shard, records) = try await subject.filled()
            let behind = try await subject.read(stream, shard.id, .after(records[4].sequenceNumber))
            try checkEqual(behind.count, 0, "the number of records")
        },
        APIConformanceCase("iterator: AT the shard's start begins with the first record") { subject in
            let (_, stream, shard, records) = try await subject.filled()
            let found = try await subject.read(stream, shard.id, .at(shard.range.start))
            try checkEqual(found.map(\.eventID), records.map(\.eventID), "the records")
        },
        APIConformanceCase("iterator: an unknown shard is not found") { subject in
            let (_, stream) = try await subject.streamingTable()
            try await checkRefused(.resourceNotFound) {
                try await subject.iterator(stream, ShardID("shardId-00000001500000000000-abcdefab"), .trimHorizon)
            }
        },
        APIConformanceCase("iterator: each is different, and begins with the stream's ARN") { subject in
            let (_, stream, shard, _) = try await subject.filled(1)
            let first = try await subject.iterator(stream, shard.id, .trimHorizon)
            let second = try await subject.iterator(stream, shard.id, .trimHorizon)
            try check(first != second, "two are the same")
            try check(first.text.hasPrefix("\(stream)|"), "it does not begin with the ARN")
            try check(first.text.utf8.count <= 2048, "it has \(first.text.utf8.count) characters")
        },
        APIConformanceCase("iterator: used twice it gives the same records") { subject in
            let (_, stream, shard, _) = try await subject.filled()
            let iterator = try await subject.iterator(stream, shard.id, .trimHorizon)
            let first = try await subject.api.records(at: iterator, limit: 1000).records.map(\.eventID)
            let second = try await subject.api.records(at: iterator, limit: 1000).records.map(\.eventID)
            try checkEqual(first.count, 5, "the number of records")
            try checkEqual(second, first, "the records")
        },
        APIConformanceCase("iterator: small pages go on where they end") { subject in
            let (_, stream, shard, records) = try await subject.filled(5)
            var found: [EventID] = []
            var iterator: ShardIterator? = try await subject.iterator(stream, shard.id, .trimHorizon)
            for size in [2, 2, 1] {
                guard let current = iterator else { throw APIConformanceFailure("there is no next iterator") }
                let page = try await subject.api.records(at: current, limit: 2)
                try checkEqual(page.records.count, size, "the size of a page")
                found += page.records.map(\.eventID)
                iterator = page.next
            }
            try checkEqual(found, records.map(\.eventID), "the records")
        },
        APIConformanceCase("iterator: limits are 1 to 1000") { subject in
            let (_, stream, shard, _) = try await subject.filled(1)
            let iterator = try await subject.iterator(stream, shard.id, .trimHorizon)
            for limit in [0, -1, 1001] {
                try await checkRefused(.validation, what: "a limit of \(limit)") {
                    try await subject.api.records(at: iterator, limit: limit)
                }
            }
        },
        APIConformanceCase("iterator: what is none is invalid") { subject in
            for text in ["nonsense", "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x|1|!"] {
                try await checkRefused(.validation) {
                    try await subject.api.records(at: ShardIterator(text), limit: 10)
                }
            }
        },
        APIConformanceCase("iterator: an open shard always gives a next one") { subject in
            let (_, stream) = try await subject.streamingTable()
            for shard in try await subject.shards(stream) {
                var iterator = try await subject.iterator(stream, shard.id, .trimHorizon)
                for _ in 0..<3 {
                    let page = try await subject.api.records(at: iterator, limit: 1000)
                    try checkEqual(page.records.count, 0, "the number of records")
                    guard let next = page.next else { throw APIConformanceFailure("there is no next iterator") }
                    iterator = next
                }
            }
        },
        APIConformanceCase("iterator: at the end of a closed shard there is no next one") { subject in
            let (table, stream, shard, _) = try await subject.filled()
            try await subject.switchOff(table)
            var records: [StreamRecord] = []
            var iterator: ShardIterator? = try await subject.iterator(stream, shard.id, .trimHorizon)
            var pages = 0
            while let current = iterator, pages < 5 {
                let page = try await subject.api.records(at: current, limit: 1000)
                records += page.records
                iterator = page.next
                pages += 1
            }
            try check(iterator == nil, "there is always a next one")
            try checkEqual(records.count, 5, "the number of records")
        },
        APIConformanceCase("iterator: a page is at most 1 MB of records") { subject in
            let (table, stream) = try await subject.streamingTable(.newImage)
            let text = AttributeValue.string(String(repeating: "x", count: 200_000))
            for index in 0..<8 { try await subject.put(table, subject.item("a", index, ["v": text])) }
            for shard in try await subject.shards(stream) {
                let iterator = try await subject.iterator(stream, shard.id, .trimHorizon)
                let page = try await subject.api.records(at: iterator, limit: 1000)
                try check(page.records.count <= 6, "a page has \(page.records.count) records of 200,000 bytes")
                let all = try await subject.read(from: iterator)
                try check(all.count == 8 || all.isEmpty, "records are missing")
            }
        },
    ]
}
