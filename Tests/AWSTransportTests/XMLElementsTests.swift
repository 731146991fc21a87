// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

@Suite struct XMLElementsTests {
    private static func first(_ name: String, _ document: String) -> String? {
        XMLElements.first(name, in: Array(document.utf8))
    }

    @Test func theFirstElementOfANameIsFoundWhereverItIs() {
        let document =
            #"<?xml version="1.0"?><A xmlns="x"><CodeName>no</CodeName><B><Code>1</Code></B><Code>2</Code></A>"#
        #expect(Self.first("Code", document) == "1")
        #expect(Self.first("CodeName", document) == "no")
        #expect(Self.first("Message", document) == nil)
    }

    @Test(arguments: [
        ("<a>x</a>", "x"), ("<a ><b/>y</a>", "<b/>y"), ("<a x=\"1\">z</a>", "z"), ("<a/>", ""), ("<a></a>", ""),
        ("<a>1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&apos;</a>", "1 < 2 && 3 > 2 \"'"), ("<a>&#228;&#xe4;</a>", "ää"),
        ("<a>&unknown; & &#xD800; &amp</a>", "&unknown; & &#xD800; &amp"), ("<a>ä\n</a>", "ä\n"),
    ])
    func textIsReadWithItsReferences(document: String, text: String) {
        #expect(Self.first("a", document) == text)
    }

    @Test(arguments: ["", "<", "<a", "<a>", "<a>x", "<a>x</b>", "a>x</a>"])
    func whatHasNoEndIsNotThere(document: String) {
        #expect(Self.first("a", document) == nil)
    }

    @Test func allElementsComeInOrder() {
        let document = "<r><Error><Key>1</Key></Error><Error><Key>2</Key></Error><Errors/></r>"
        let keys = XMLElements.all("Error", in: Array(document.utf8)).map { XMLElements.first("Key", in: $0) }
        #expect(keys == ["1", "2"])
    }

    @Test(arguments: ["plain", "a<b>&c\"d\"", "line\r\nline\ttab", "ä🙂", "]]>"])
    func whatIsWrittenIsReadAgain(text: String) {
        let escaped = XMLElements.escaped(text)
        #expect(!escaped.contains("<") && !escaped.contains(">"))
        #expect(Self.first("a", "<a>\(escaped)</a>") == text)
    }

    @Test(arguments: [("a b", "a%20b"), ("ä/~-._", "%C3%A4%2F~-._"), ("a+b:c", "a%2Bb%3Ac"), ("", "")])
    func percentEncodingLeavesWhatSignaturesLeave(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
    }

    @Test func aPathMayKeepItsSlashes() {
        #expect(PercentEncoding.encode("a/b c/", keepsSlashes: true) == "a/b%20c/")
    }
}
