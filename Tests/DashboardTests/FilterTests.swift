// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Testing

@Suite
struct FilterTests {
    private static let columns = ["shard", "state", "lag"]

    private static func matches(_ text: String, _ row: [String: String]) throws -> Bool {
        let filter = try #require(try Filter.parse(text, columns: Self.columns))
        return filter.matches { column in
            column.map { [row[$0] ?? ""] } ?? Array(row.values)
        } compares: { column, comparison, value in
            guard let left = Double(row[column] ?? ""), let right = Double(value) else { return false }
            return switch comparison {
            case .contains, .equals: left == right
            case .above: left > right
            case .below: left < right
            case .atLeast: left >= right
            case .atMost: left <= right
            }
        }
    }

    @Test(
        arguments: [
            ("open", true), ("OPEN", false), ("Open", false), ("a-1", true), ("A-1", true), ("closed", false),
            ("!closed", true), ("!open", false), ("open a-1", true), ("open b-2", false), ("closed | open", true),
            ("closed|b-2", false), ("state:open", true), ("state:OPEN", true), ("shard:open", false),
            ("lag>4", true), ("lag>5", false), ("lag>=5", true), ("lag<=5", true), ("lag<5", false), ("lag=5", true),
            ("!lag>9 state:op", true), ("\"open\"", true), ("\"is open\"", false), ("state:\"open\"", true),
            ("closed | !b-2 lag=5", true),
        ]
    )
    func termsAndColumnsDecide(_ filter: String, _ expected: Bool) throws {
        #expect(try Self.matches(filter, ["shard": "shard-A-1", "state": "open", "lag": "5"]) == expected)
    }

    @Test(arguments: ["", "   "])
    func nothingHidesNothing(_ text: String) throws {
        #expect(try Filter.parse(text, columns: Self.columns) == nil)
    }

    @Test(
        arguments: [
            ("stat:open", 0..<4), ("open lagg>3", 5..<9), ("lag>", 4..<5), ("lag>abc", 4..<7), ("\"open", 0..<5),
            ("| open", 0..<1), ("open |", 6..<7), (":x", 0..<1), ("!", 1..<2), ("new.status:x", 0..<10),
        ]
    )
    func aBadFilterSaysWhere(_ text: String, _ range: Range<Int>) {
        let error = #expect(throws: FilterError.self) { try Filter.parse(text, columns: Self.columns) }
        #expect(error?.range == range)
    }

    @Test
    func attributesOfImagesKeepTheirCapitals() throws {
        let filter = try #require(try Filter.parse("new.Status:x old.a.b>3", columns: [], hasImages: true))
        #expect(filter.alternatives.first?.map(\.column) == ["new.Status", "old.a.b"])
    }

    @Test
    func anyTextIsAFilterOrAnErrorWithinIt() {
        var seed: UInt64 = 7
        let characters = Array("ab:<>=!|\"  .é")
        for _ in 0..<2000 {
            let text = (0..<12).map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return String(characters[Int(seed >> 33) % characters.count])
            }.joined()
            do throws(FilterError) {
                _ = try Filter.parse(text, columns: ["a", "b"], hasImages: true)
            } catch {
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.count + 1, "\(text)")
            }
        }
    }
}
