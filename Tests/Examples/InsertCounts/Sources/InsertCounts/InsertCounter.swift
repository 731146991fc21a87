// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// Counts new items by the value of one of their attributes.
final class InsertCounter: RecordHandler {
    /// What items without the attribute are counted as.
    static let none = "-"

    private let attribute: String
    private let counted = Mutex<[String: Int]>([:])

    /// Creates a counter at zero.
    ///
    /// - Parameter attribute: The attribute's name.
    init(by attribute: String) {
        self.attribute = attribute
    }

    /// How many new items there were for each value.
    var counts: [String: Int] { self.counted.withLock { $0 } }

    /// Counts a batch.
    ///
    /// - Throws: What is wrong with an image; the engine then hands the batch over again.
    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        var found: [String: Int] = [:]
        for record in batch.records {
            let value = try record.newImage?.decoded()[self.attribute]
            found[Self.text(of: value), default: 0] += 1
        }
        // Only now, when all of the batch is read: after an error none of it may be counted yet.
        self.counted.withLock { $0.merge(found, uniquingKeysWith: +) }
        return .done
    }

    private static func text(of value: AttributeValue?) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): String(flag)
        case nil: Self.none
        case .some(let other): "(\(other.typeName))"
        }
    }
}
