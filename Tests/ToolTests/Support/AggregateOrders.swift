// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import TestSupport

/// A table of orders whose stream is added up, a table for the numbers, and what they have to be.
struct AggregateOrders {
    static let orders = "Orders"
    static let totals = "Totals"

    let api: any DynamoDBTableAPI

    func create(viewType: StreamViewType = .newAndOldImages) async throws {
        for (name, key, stream) in [(Self.orders, "id", viewType), (Self.totals, "group", nil)] {
            _ = try await self.api.createTable(
                CreateTableRequest(
                    tableName: name,
                    keySchema: KeySchema(partition: KeyAttribute(name: key, type: .string)),
                    billingMode: .payPerRequest,
                    stream: stream.map { StreamSpecification(viewType: $0) }
                )
            )
        }
    }

    /// Orders that come, change, move between customers and go.
    ///
    /// - Parameters:
    ///   - changes: Their number.
    ///   - seed: What they are drawn from.
    ///   - fractions: What is behind the point; up to 20 digits, so that doubles would not add up to the truth.
    /// - Throws: What the endpoint says.
    func write(_ changes: Int, seed: UInt64, fractions: ClosedRange<UInt64> = 0...UInt64.max) async throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<changes {
            let id = AttributeValue.string("\(Int.random(in: 0..<300, using: &generator))")
            if Int.random(in: 0..<5, using: &generator) == 0 {
                _ = try await self.api.deleteItem(DeleteItemRequest(tableName: Self.orders, key: ["id": id]))
                continue
            }
            let whole = Int.random(in: -1_000_000_000...1_000_000_000, using: &generator)
            let fraction = UInt64.random(in: fractions, using: &generator)
            let total = try DecimalNumber(validating: "\(whole).\(fraction)")
            _ = try await self.api.putItem(
                PutItemRequest(
                    tableName: Self.orders,
                    item: [
                        "id": id, "customer": .string("c\(Int.random(in: 0..<5, using: &generator))"),
                        "total": .number(total),
                    ]
                )
            )
        }
    }

    /// Number and sum of the orders as they are now, by customer.
    func truth() async throws -> [String: [String]] {
        var sums: [String: (count: Int, sum: DecimalNumber)] = [:]
        var after: Item?
        repeat {
            let page = try await self.api.scan(ScanRequest(tableName: Self.orders, exclusiveStartKey: after))
            for item in page.items {
                guard case .string(let customer)? = item["customer"], case .number(let total)? = item["total"] else {
                    continue
                }
                let (count, sum) = sums[customer] ?? (0, DecimalNumber(0))
                sums[customer] = (count + 1, try sum.adding(total))
            }
            after = page.lastEvaluatedKey
        } while after != nil
        return sums.mapValues { ["\($0.count)", $0.sum.text] }
    }

    /// What `weir aggregate read --json` has said; a group that nobody is in any more is left out.
    static func numbers(in result: ToolProcess.Result) throws -> [String: [String]] {
        var numbers: [String: [String]] = [:]
        for line in try result.objects() {
            guard line["type"] as? String == "aggregate", let group = line["group"] as? String,
                let values = line["values"] as? [String: String]
            else { continue }
            let pair = [values["count"] ?? "", values["sum_total"] ?? ""]
            if pair != ["0", "0"] { numbers[group] = pair }
        }
        return numbers
    }
}
