// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import TerminalCells
import TerminalDriver
import TestSupport
import Testing

struct KeyDecoderTests {
    private func units(_ text: String) -> [TerminalUnit] {
        text.unicodeScalars.map { .scalar($0) }
    }

    private func keys(_ text: String) -> [InputEvent] {
        var decoder = KeyDecoder()
        return decoder.feed(self.units(text))
    }

    @Test(arguments: [
        ("a", Key(.character("a"))),
        ("G", Key(.character("G"))),
        ("ü", Key(.character("ü"))),
        ("漢", Key(.character("漢"))),
        ("\r", Key(.enter)),
        ("\n", Key(.enter)),
        ("\t", Key(.tab)),
        ("\u{7F}", Key(.backspace)),
        ("\u{08}", Key(.backspace)),
        ("\u{01}", Key(.character("a"), control: true)),
        ("\u{0C}", Key(.character("l"), control: true)),
        ("\u{1A}", Key(.character("z"), control: true)),
        ("\u{1F}", Key(.character("_"), control: true)),
        ("\u{00}", Key(.character(" "), control: true)),
        ("\u{1B}", Key(.escape)),
        ("\u{1B}x", Key(.character("x"), alt: true)),
        ("\u{1B}\r", Key(.enter, alt: true)),
        ("\u{1B}\u{01}", Key(.character("a"), control: true, alt: true)),
    ])
    func aKeyIsWhatIsWrittenOnIt(text: String, key: Key) {
        #expect(self.keys(text) == [.key(key)])
    }

    @Test
    func escapeAndAKeyOfTheNextReadAreTwoKeys() {
        var decoder = KeyDecoder()
        #expect(decoder.feed(self.units("\u{1B}")) == [.key(Key(.escape))])
        #expect(decoder.feed(self.units("x")) == [.key(Key(.character("x")))])
    }

    @Test
    func altWithASpecialKeyIsOneKey() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([.scalar("\u{1B}"), .key(Key(.up))]) == [.key(Key(.up, alt: true))])
        let twice = decoder.feed([.scalar("\u{1B}"), .scalar("\u{1B}")])
        #expect(twice == [.key(Key(.escape)), .key(Key(.escape))])
    }

    @Test
    func controlsOfTheUpperHalfAreNoKeys() {
        #expect(self.keys("\u{9B}").isEmpty)
    }

    @Test
    func pastedTextIsNeverKeys() {
        var decoder = KeyDecoder()
        var events = decoder.feed([.pasteBegin] + self.units("q\rline\u{1B}") + [.key(Key(.up))])
        #expect(events.isEmpty)
        #expect(decoder.isPasting)
        events = decoder.feed(self.units("\u{03}end") + [.pasteEnd] + self.units("j"))
        #expect(events == [.paste("q\nline\u{1B}\u{03}end"), .key(Key(.character("j")))])
        #expect(!decoder.isPasting)
    }

    @Test
    func anEndMarkInPiecesEndsThePaste() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([.pasteBegin] + self.units("ab\u{1B}")).isEmpty)
        #expect(decoder.feed(self.units("[201~j")) == [.paste("ab"), .key(Key(.character("j")))])
    }

    @Test
    func aLongPasteIsCutAtItsLimit() throws {
        var decoder = KeyDecoder()
        let text = String(repeating: "ü", count: KeyDecoder.pasteLimit)
        let events = decoder.feed([.pasteBegin] + self.units(text) + [.pasteEnd])
        guard case .paste(let kept) = try #require(events.first) else {
            Issue.record("no paste")
            return
        }
        #expect(kept.utf8.count == KeyDecoder.pasteLimit)
    }

    @Test
    func aPasteWithoutAnEndCanBeEnded() {
        var decoder = KeyDecoder()
        #expect(decoder.endPaste().isEmpty)
        #expect(decoder.feed([.pasteBegin] + self.units("half")).isEmpty)
        #expect(decoder.endPaste() == [.paste("half")])
        #expect(decoder.feed(self.units("j")) == [.key(Key(.character("j")))])
    }

    @Test
    func anyInputGivesEventsAndNothingIsKeptForEver() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<2_000 {
            var decoder = KeyDecoder()
            for _ in 0..<4 {
                let units = (0..<Int.random(in: 0...12, using: &random)).map { _ -> TerminalUnit in
                    switch Int.random(in: 0...9, using: &random) {
                    case 0: return .pasteBegin
                    case 1: return .pasteEnd
                    case 2: return .key(Key(.up))
                    case 3: return .scalar("\u{1B}")
                    default:
                        return .scalar(Unicode.Scalar(UInt32.random(in: 0...0xD7FF, using: &random)) ?? "x")
                    }
                }
                let before = decoder.isPasting
                let events = decoder.feed(units)
                if !before, !units.contains(.pasteBegin) {
                    #expect(!events.contains { if case .paste = $0 { true } else { false } })
                }
            }
            _ = decoder.endPaste()
            #expect(decoder.feed(self.units("q")) == [.key(Key(.character("q")))])
        }
    }
}
