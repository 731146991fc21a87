// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel

/// Which objects a batch names, by bucket in the order of their first record, each object once.
struct ObjectPlan: Sendable {
    /// An object and the records that name it.
    struct Object: Hashable, Sendable {
        var key: String
        /// The first record's place, for messages and for failed items.
        var sequenceNumber: SequenceNumber
    }

    /// Up to 1,000 objects of a bucket.
    struct Request: Hashable, Sendable {
        var bucket: String
        var objects: [Object]
    }

    /// Why a record names no object.
    struct Unnamed: Error, Sendable {
        var sequenceNumber: SequenceNumber
        var reason: String
    }

    /// The most objects in one request.
    ///
    /// - Source: S3 API reference, DeleteObjects.
    static let requestLimit = 1000
    /// The longest key in bytes of UTF-8.
    ///
    /// - Source: S3 user guide, object key names.
    static let keyLimit = 1024

    /// The requests, in order.
    let requests: [Request]
    /// Records whose object was named before.
    let repeatedKeys: Int

    /// Makes the plan, before anything is sent.
    init(_ records: [StreamRecord], bucket: RecordTemplate, key: RecordTemplate) throws(Unnamed) {
        var buckets: [(name: String, objects: [Object])] = []
        var places: [String: Int] = [:]
        var seen: Set<[String]> = []
        for record in records {
            var items = RecordItems(record)
            let name: String
            let path: String
            do throws(RecordTemplate.Missing) {
                name = try bucket.text(for: &items)
                path = try key.text(for: &items)
            } catch {
                throw Unnamed(sequenceNumber: record.sequenceNumber, reason: error.description)
            }
            if let problem = Self.problem(bucket: name, key: path) {
                throw Unnamed(sequenceNumber: record.sequenceNumber, reason: problem)
            }
            guard seen.insert([name, path]).inserted else { continue }
            let place = places[name] ?? buckets.count
            if place == buckets.count {
                buckets.append((name, []))
                places[name] = place
            }
            buckets[place].objects.append(Object(key: path, sequenceNumber: record.sequenceNumber))
        }
        self.repeatedKeys = records.count - seen.count
        self.requests = buckets.flatMap { bucket in
            stride(from: 0, to: bucket.objects.count, by: Self.requestLimit).map { start in
                let end = min(start + Self.requestLimit, bucket.objects.count)
                return Request(bucket: bucket.name, objects: Array(bucket.objects[start..<end]))
            }
        }
    }

    /// Why the service could not be asked for an object; the texts of records are not repeated.
    private static func problem(bucket: String, key: String) -> String? {
        guard (3...63).contains(bucket.utf8.count), bucket.utf8.allSatisfy({ Self.isBucketByte($0) }) else {
            return "its bucket is not a bucket's name"
        }
        guard !key.isEmpty else { return "its object has no name" }
        guard key.utf8.count <= Self.keyLimit else {
            return "the name of its object is longer than \(Self.keyLimit) bytes"
        }
        let isWritable = key.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
            default: false
            }
        }
        return isWritable ? nil : "the name of its object has a control character that DeleteObjects cannot carry"
    }

    private static func isBucketByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
