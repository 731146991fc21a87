// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Settings
import TestSupport
import Testing

@Suite("Texts that may be TOML")
struct TOMLTextTests {
    @Test(arguments: [
        ("table = \"a\"\n[}", "2:2", "a name is missing"),
        ("filter = [}", "1:11", "a value is missing"),
        ("for = 1979-05-27T:", "1:7", "neither a number"),
        ("for = 1979-05-27", "1:7", "quotation marks"),
        ("[", "1:2", "a name is missing"),
        ("[a", "1:3", "no end"),
        ("[[a]", "1:5", "no end"),
        ("=", "1:1", "a name is missing"),
        ("table", "1:6", "no = follows"),
        ("table =", "1:8", "a value is missing"),
        ("table = \"a", "1:9", "no end"),
        ("table = \"a\n\"", "1:9", "no end"),
        ("table = '''a", "1:9", "no end"),
        ("table = \"a\" region = \"b\"", "1:13", "something follows"),
        ("filter = [\n  'a'\n  'b'\n]", "3:3", "a comma"),
        ("filter = ['a'", "1:10", "no end"),
        ("x = { a = 1", "1:12", "a comma or }"),
        ("batch-size = 010", "1:14", "neither a number"),
        ("batch-size = 1__0", "1:14", "neither a number"),
        ("batch-size = yes", "1:14", "true or false"),
        ("table = \"\u{1}\"", "1:10", "control character"),
        ("# \u{7F}", "1:3", "control character"),
        ("täble = 1", "1:2", "no = follows"),
        ("table = \"é\"; 1", "1:12", "something follows"),
        ("table = \"\\q\"", "1:", ""),
    ])
    func whatIsNoneIsRefusedWithItsPlace(text: String, place: String, fact: String) {
        let layer = SettingsFile.read(text, file: "weir.toml")
        #expect(layer.entries.isEmpty)
        #expect(layer.isWrong)
        #expect(layer.lines.count == 1)
        #expect(layer.lines.first?.hasPrefix("weir.toml:\(place)") == true, "\(layer.lines)")
        #expect(layer.lines.first?.contains(fact) == true, "\(layer.lines)")
    }

    @Test func aNameThatOccursTwiceIsToldAndTheRestIsRead() {
        let layer = SettingsFile.read("table = \"a\"\ntable = \"b\"\nfor = 5\nbatchsize = 1", file: "weir.toml")
        #expect(layer.lines.count == 2, "\(layer.lines)")
        #expect(layer.lines.first?.hasPrefix("weir.toml:2:") == true, "\(layer.lines)")
        #expect(layer.lines.last?.hasPrefix("weir.toml:4:1: batchsize is no setting") == true, "\(layer.lines)")
        #expect(layer.values == ["table": ["a"], "for": ["5"]])
    }

    @Test(arguments: [
        ("table = \"a\"", "a"),
        ("table = 'a\\b'", "a\\b"),
        ("\"table\" = \"a\" # comment", "a"),
        ("\u{FEFF}table = \"a\"\r\n", "a"),
        ("\n\n # x\n\ttable\t=\t\"\\u00e9\\\"\"\n", "é\""),
        ("table = \"\"\"\na\\\n   b\"\"\"\"\n", "ab\""),
        ("table = '''a\nb'''", "a\nb"),
    ])
    func textIsReadInAllItsForms(text: String, value: String) {
        let layer = SettingsFile.read(text, file: "weir.toml")
        #expect(layer.lines == [])
        #expect(layer.values == ["table": [value]])
    }

    @Test(arguments: ["100", "+100", "1_00", "0x64", "0o144", "0b1100100"])
    func numbersAreReadInAllTheirForms(text: String) {
        #expect(SettingsFile.read("batch-size = \(text)", file: "weir.toml").values == ["batch-size": ["100"]])
    }

    @Test func settingsAndElementsKnowTheirPlaces() throws {
        let layer = SettingsFile.read(
            """
            # a file
            table = "Orders"

              filter = [ '{"eventName":["INSERT"]}', # one
                '{"eventName":["REMOVE"]}',
              ]
            """,
            file: "weir.toml"
        )
        let table = try #require(layer.entry("table"))
        let filter = try #require(layer.entry("filter"))
        #expect(table.source.description == "weir.toml:2:1")
        #expect(table.source(of: "Orders").description == "weir.toml:2:9")
        #expect(filter.source.description == "weir.toml:4:3")
        #expect(filter.places == [TextPlace(line: 4, column: 14), TextPlace(line: 5, column: 5)])
    }

    @Test func columnsCountCharactersAndNotBytes() throws {
        let layer = SettingsFile.read("filter = ['ééé', 'b']", file: "weir.toml")
        #expect(layer.entry("filter")?.places.last == TextPlace(line: 1, column: 18))
    }

    /// toml++ ends the process at some texts, so whatever comes has to be sorted out before.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func noTextEndsTheProcess(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("[]{}.=,\"'#\n\r\t ab01-_+:TZex\\uUé".unicodeScalars)
        for _ in 0..<2500 {
            var text = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                let scalar = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text.insert(scalar, at: place)
                case 1 where place < text.count: text.remove(at: place)
                case 2 where place < text.count: text[place] = scalar
                default: text.removeLast(min(text.count, Int.random(in: 0...3, using: &random)))
                }
            }
            let mutated = String(String.UnicodeScalarView(text))
            _ = SettingsFile.read(mutated, file: "weir.toml")
            _ = try? ThemeFile(mutated, file: "mine.toml")
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func noNoiseEndsTheProcess(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("[]{}.=,\"'#\n ab01-_+:TZex".unicodeScalars)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            _ = SettingsFile.read(String(String.UnicodeScalarView(text)), file: "weir.toml")
        }
    }

    @Test func depthAndSizeAreBounded() {
        let deep = "filter = " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        #expect(SettingsFile.read(deep, file: "weir.toml").lines.first?.contains("too deeply") == true)
        let dotted = Array(repeating: "a", count: 5000).joined(separator: ".") + " = 1"
        #expect(SettingsFile.read(dotted, file: "weir.toml").lines.first?.contains("too deeply") == true)
        let long = "# " + String(repeating: "x", count: 2 << 20)
        #expect(SettingsFile.read(long, file: "weir.toml").lines.first?.contains("longer than") == true)
    }

    private static let seeds = [
        "batch-size = 100\nfilter = ['a', \"b\"]\n[x.y]\nz = {a=1, b.c=2}\n[[q]]\nk=\"\"\"x\ny\"\"\"\n# c\n",
        "a.b = 1\n[a]\nc=2\n[[a.l]]\n[[a.l]]\nx=[[1],[2,3]]",
        "f=1.5e3\nh=0xff\nb=0b11\no=0o7\ni=inf\nn=-nan\nt=true\nk='''\n''a'''\n\"q\\u00e9\" = false",
        "d = 1979-05-27T07:32:00Z\nl=07:32:00.5\nm = 1979-05-27 07:32:00-07:00",
    ]
}
