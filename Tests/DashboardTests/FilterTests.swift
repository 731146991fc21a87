// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Testing

@Suite
struct FilterTests {
    private static let columns = [
        FilterColumn(id: "shard", title: "SHARD", unit: .none), FilterColumn(id: "state", title: "STATE", unit: .none),
        FilterColumn(id: "lag", title: "LAG", unit: .seconds),
        FilterColumn(id: "records", title: "REC/S", unit: .count),
        FilterColumn(id: "size", title: "SIZE", unit: .bytes),
    ]

    private static func matches(_ text: String, _ row: [String: String]) throws -> Bool {
        let filter = try #require(try Filter.parse(text, columns: Self.columns))
        return filter.matches { column in
            column.map { [row[$0] ?? ""] } ?? Array(row.values)
        } compares: { column, comparison, value in
            guard let left = Double(row[column] ?? ""),
                let right = Self.columns.first(where: { $0.id == column })?.unit.value(of: value)
            else { return false }
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
            ("closed | !b-2 lag=5", true), ("lag>4s", true), ("lag>4.5s", true), ("lag>1m", false), ("lag<1m", true),
            ("lag>4999ms", true), ("LAG>4", true), ("/^op+en$/", true), ("/^pen/", false), ("state:/o.en/", true),
            ("shard:/^o.en/", false), ("!/close[sd]/", true), ("/A-\\d/", true), ("/a-\\d/", true), ("/B|A-1$/", true),
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
            ("/open", 0..<5), ("/o(pen/", 2..<3), ("state:/[a/", 7..<8), ("//", 0..<1), ("state>3", 6..<7),
            ("size>3s", 5..<7), ("| open", 0..<1), ("open |", 6..<7), (":x", 0..<1), ("!", 1..<2),
            ("new.status:x", 0..<10),
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
        let characters = Array("ab:<>=!|\"  .é/([*\\")
        for _ in 0..<2000 {
            let text = (0..<12).map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return String(characters[Int(seed >> 33) % characters.count])
            }.joined()
            do throws(FilterError) {
                _ = try Filter.parse(text, columns: Self.columns, hasImages: true)
            } catch {
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.count + 1, "\(text)")
            }
        }
    }

    @Test
    func anUnknownColumnNamesThoseThatWereMaybeMeantFirst() {
        let error = #expect(throws: FilterError.self) { try Filter.parse("reccs:3", columns: Self.columns) }
        #expect(error?.message == "no column reccs: rec/s shard state lag size")
    }

    @Test(arguments: Pane.tables)
    func everyHeadingAndEveryNameIsAColumn(_ pane: Pane) throws {
        for column in pane.columns {
            for name in [column.id, column.title, column.title.lowercased()] {
                let filter = try Filter.parse("\(name):x", columns: pane.columns.map(\.asFilterColumn))
                let found = try #require(filter?.alternatives.first?.first?.column)
                // A name counts before a heading: TIME of a batch is its time.
                #expect(found == column.id || pane.columns.contains { $0.id == name.lowercased() })
            }
        }
    }

    @Test(
        arguments: [
            ("1", FigureUnit.seconds, 1), ("1s", .seconds, 1), ("200ms", .seconds, 0.2), ("850us", .seconds, 0.00085),
            ("2m30s", .seconds, 150), ("2h05m", .seconds, 7500), ("3d", .seconds, 259_200), ("44B", .bytes, 44),
            ("1KiB", .bytes, 1024), ("1.5MiB", .bytes, 1_572_864), ("2kb", .bytes, 2000), ("1.2k", .count, 1200),
            ("412/s", .count, 412),
        ]
    )
    func figuresAreWrittenAsTheTableShowsThem(_ text: String, _ unit: FigureUnit, _ value: Double) throws {
        let found = try #require(unit.value(of: text))
        #expect(abs(found - value) < 1e-9)
    }

    @Test(arguments: [
        ("1s", FigureUnit.bytes), ("1KiB", .seconds), ("s", .seconds), ("1s2", .seconds), ("1k1k", .count),
    ])
    func whatIsNoFigureIsNone(_ text: String, _ unit: FigureUnit) {
        #expect(unit.value(of: text) == nil)
    }

    @Test
    func anExpressionThatWouldTakeForEverTakesNoLonger() throws {
        let filter = try #require(try Filter.parse("/(a*)*(a|a)*b/", columns: []))
        let text = String(repeating: "a", count: 5000)
        #expect(!filter.matches(texts: { _ in [text] }, compares: { _, _, _ in false }))
    }

    @Test(
        arguments: [
            ("paid", "is PAID now", true), ("Paid", "is PAID now", false), ("Paid", "Paid", true),
            ("über", "ÜBER", true),
            ("日本", "の日本語", true), ("", "anything", true), ("longer than it", "longer", false), ("ab", "aab", true),
            ("z", "[Z]", true), ("[", "{", false), ("@", "`", false),
        ]
    )
    func aWordIsFoundWhereItStands(_ word: String, _ text: String, _ expected: Bool) {
        let word = Filter.Word(word, isCaseSensitive: word.contains(where: \.isUppercase))
        #expect(word.isIn(text) == expected)
        #expect(word.isIn(Array(text.utf8)[...]) == expected)
    }

    @Test(
        arguments: [
            ("a{2}", "xaay", true), ("a{3}", "xaay", false), ("^a{1,2}$", "aaa", false), ("a{2,}", "aaaa", true),
            ("[^a-c]", "abc", false), ("\\bord\\b", "an ord er", true), ("\\bord\\b", "order", false),
            ("(x|y)+z", "xyxz", true), ("a\\.b", "a.b", true), ("a\\.b", "axb", false), ("Über", "über", false),
            ("über", "ÜBER", true), ("\\w+@\\w", "me@you", true),
        ]
    )
    func expressionsMeanWhatTheyMeanElsewhere(_ pattern: String, _ text: String, _ expected: Bool) throws {
        let filter = try #require(try Filter.parse("/\(pattern)/", columns: []))
        #expect(filter.matches(texts: { _ in [text] }, compares: { _, _, _ in false }) == expected)
    }
}
