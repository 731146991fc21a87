// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import Testing

/// One case for each operator, matching and not.
@Suite struct FilterOperatorTests {
    /// Alternatives, a value of a document, whether it matches.
    @Test(arguments: [
        // equals
        (#"["x"]"#, #""x""#, true), (#"["x"]"#, #""y""#, false), (#"["x","y"]"#, #""y""#, true),
        (#"["x"]"#, #""X""#, false), (#"["x"]"#, #""xx""#, false), (#"["ä"]"#, #""\u00e4""#, true),
        // Two spellings of one letter are two texts.
        (#"["\u00e4"]"#, #""a\u0308""#, false),
        (#"[5]"#, "5", true), (#"[5]"#, "6", false), (#"[5]"#, #""5""#, false), (#"["5"]"#, "5", false),
        (#"[true]"#, "true", true), (#"[true]"#, "false", false), (#"[true]"#, #""true""#, false),
        (#"[null]"#, "null", true), (#"[null]"#, #""null""#, false), (#"[null]"#, "0", false),
        // empty
        (#"[""]"#, #""""#, true), (#"[""]"#, #"" ""#, false),
        // prefix, suffix
        (#"[{"prefix":"us-"}]"#, #""us-east-1""#, true), (#"[{"prefix":"us-"}]"#, #""US-east-1""#, false),
        (#"[{"prefix":"us-"}]"#, #""us""#, false), (#"[{"prefix":""}]"#, #""""#, true),
        (#"[{"prefix":""}]"#, #""any""#, true), (#"[{"prefix":""}]"#, "5", false), (#"[{"prefix":"5"}]"#, "55", false),
        (#"[{"suffix":".png"}]"#, #""a.png""#, true), (#"[{"suffix":".png"}]"#, #""a.PNG""#, false),
        (#"[{"suffix":".png"}]"#, #""png""#, false), (#"[{"suffix":""}]"#, #""x""#, true),
        // equals-ignore-case and its kin
        (#"[{"equals-ignore-case":"abc"}]"#, #""aBC""#, true), (#"[{"equals-ignore-case":"abc"}]"#, #""abcd""#, false),
        (#"[{"equals-ignore-case":"ÄöÉ"}]"#, #""äÖé""#, true), (#"[{"equals-ignore-case":"abc"}]"#, #""ab""#, false),
        (#"[{"equals-ignore-case":"stra\u00dfe"}]"#, #""STRASSE""#, true),
        (#"[{"prefix":{"equals-ignore-case":"eu-"}}]"#, #""EU-west""#, true),
        (#"[{"prefix":{"equals-ignore-case":"eu-"}}]"#, #""us-west""#, false),
        (#"[{"suffix":{"equals-ignore-case":".png"}}]"#, #""a.PnG""#, true),
        (#"[{"suffix":{"equals-ignore-case":".png"}}]"#, #""a.gif""#, false),
        // anything-but
        (#"[{"anything-but":"x"}]"#, #""y""#, true), (#"[{"anything-but":"x"}]"#, #""x""#, false),
        (#"[{"anything-but":["x","y"]}]"#, #""y""#, false), (#"[{"anything-but":["x","y"]}]"#, #""z""#, true),
        (#"[{"anything-but":5}]"#, "5.0", false), (#"[{"anything-but":5}]"#, "6", true),
        (#"[{"anything-but":[5,6]}]"#, "6", false), (#"[{"anything-but":[5,6]}]"#, #""6""#, true),
        (#"[{"anything-but":"6"}]"#, "6", true), (#"[{"anything-but":"x"}]"#, "null", true),
        (#"[{"anything-but":{"prefix":"a"}}]"#, #""ab""#, false),
        (#"[{"anything-but":{"prefix":"a"}}]"#, #""b""#, true),
        (#"[{"anything-but":{"prefix":["a","b"]}}]"#, #""bc""#, false),
        (#"[{"anything-but":{"suffix":"a"}}]"#, #""ba""#, false),
        (#"[{"anything-but":{"suffix":"a"}}]"#, #""ab""#, true),
        (#"[{"anything-but":{"wildcard":"a*c"}}]"#, #""abc""#, false),
        (#"[{"anything-but":{"wildcard":["a*c","b*"]}}]"#, #""ab""#, true),
        (#"[{"anything-but":{"equals-ignore-case":"abc"}}]"#, #""ABC""#, false),
        (#"[{"anything-but":{"equals-ignore-case":["abc","x"]}}]"#, #""y""#, true),
        // numeric
        (#"[{"numeric":["=",5]}]"#, "5.00", true), (#"[{"numeric":["=",5]}]"#, #""5""#, false),
        (#"[{"numeric":[">",0,"<=",5]}]"#, "5", true), (#"[{"numeric":[">",0,"<=",5]}]"#, "0", false),
        (#"[{"numeric":[">=",0,"<",5]}]"#, "0", true), (#"[{"numeric":[">=",0,"<",5]}]"#, "5", false),
        (#"[{"numeric":[">",-1.5]}]"#, "-1.4999", true), (#"[{"numeric":["<",-1.5]}]"#, "-1.4999", false),
        (#"[{"numeric":["<=",1e3]}]"#, "1000", true), (#"[{"numeric":["<",1e3]}]"#, "1000.0", false),
        (#"[{"numeric":[">",5]}]"#, "null", false),
        // exists
        (#"[{"exists":true}]"#, #""""#, true), (#"[{"exists":true}]"#, "null", true),
        (#"[{"exists":true}]"#, #"{"S":"x"}"#, false), (#"[{"exists":false}]"#, "null", false),
        (#"[{"exists":false}]"#, #"{"S":"x"}"#, true), (#"[{"exists":false}]"#, "[]", true),
        (#"[{"exists":true}]"#, "[]", false), (#"["x",{"exists":false}]"#, #""x""#, true),
        (#"["x",{"exists":false}]"#, #""y""#, false), (#"["x",{"exists":false}]"#, "{}", true),
        // cidr
        (#"[{"cidr":"10.0.0.0/24"}]"#, #""10.0.0.255""#, true), (#"[{"cidr":"10.0.0.0/24"}]"#, #""10.0.1.0""#, false),
        (#"[{"cidr":"10.0.0.0/9"}]"#, #""10.127.1.0""#, true), (#"[{"cidr":"10.0.0.0/9"}]"#, #""10.128.1.0""#, false),
        (#"[{"cidr":"0.0.0.0/0"}]"#, #""1.2.3.4""#, true), (#"[{"cidr":"0.0.0.0/0"}]"#, #""1.2.3.256""#, false),
        (#"[{"cidr":"0.0.0.0/0"}]"#, #""::1""#, false), (#"[{"cidr":"2001:db8::/32"}]"#, #""2001:DB8:0::7""#, true),
        (#"[{"cidr":"2001:db8::/32"}]"#, #""2001:db9::7""#, false), (#"[{"cidr":"::/0"}]"#, #""1::2::3""#, false),
        // wildcard
        (#"[{"wildcard":"a*c"}]"#, #""ac""#, true), (#"[{"wildcard":"a*c"}]"#, #""abbc""#, true),
        (#"[{"wildcard":"a*c"}]"#, #""abcd""#, false), (#"[{"wildcard":"*.png"}]"#, #"".png""#, true),
        (#"[{"wildcard":"*a*b*"}]"#, #""xbxaxbx""#, true), (#"[{"wildcard":"*a*b*"}]"#, #""xbxax""#, false),
        (#"[{"wildcard":"ab*ba"}]"#, #""aba""#, false), (#"[{"wildcard":"a\\*c"}]"#, #""a*c""#, true),
        (#"[{"wildcard":"a\\*c"}]"#, #""abc""#, false), (#"[{"wildcard":"a\\\\c"}]"#, #""a\\c""#, true),
        (#"[{"wildcard":"abc"}]"#, #""abc""#, true), (#"[{"wildcard":"*"}]"#, #""""#, true),
        (#"[{"wildcard":"*"}]"#, "5", false),
    ])
    func anOperatorMatchesWhatItsRowSays(_ alternatives: String, _ value: String, _ isMatch: Bool) throws {
        #expect(try FilterSubject.matches(#"{"a":\#(alternatives)}"#, event: #"{"a":\#(value)}"#) == isMatch)
        // Under an attribute that has to be there in the other adapter as well.
        #expect(
            try FilterSubject.matches(image: #"{"a":{"X":\#(alternatives)}}"#, #"{"a":{"X":\#(value)}}"#) == isMatch
        )
    }

    @Test(arguments: ["3", "3.0", "3e0", "30E-1", "0.3e+1", "3.000000000000000000000000000000000000000000"])
    func numbersAreComparedByValue(_ number: String) throws {
        for pattern in ["[3]", "[3.0]", "[3e0]", #"[{"numeric":["=",3.00]}]"#, #"[{"numeric":[">=",3,"<",4]}]"#] {
            #expect(try FilterSubject.matches(#"{"n":\#(pattern)}"#, event: #"{"n":\#(number)}"#))
        }
        for pattern in [#"[{"anything-but":3}]"#, #"[{"numeric":[">",3]}]"#, "[30]"] {
            #expect(try !FilterSubject.matches(#"{"n":\#(pattern)}"#, event: #"{"n":\#(number)}"#))
        }
    }

    @Test func numbersBeyondDoublesAreTold() throws {
        let pattern = #"{"n":[12345678901234567890123456789012345678]}"#
        #expect(try FilterSubject.matches(pattern, event: #"{"n":12345678901234567890123456789012345678}"#))
        #expect(try !FilterSubject.matches(pattern, event: #"{"n":12345678901234567890123456789012345679}"#))
        #expect(try FilterSubject.matches(#"{"n":[{"numeric":["<",1e400]}]}"#, event: #"{"n":9e399}"#))
    }

    @Test func orGoesAcrossFields() throws {
        let pattern = #"{"source":["s"],"$or":[{"a":["1"]},{"b":["2"],"c":["3"]},{"d":{"e":[{"exists":true}]}}]}"#
        #expect(try FilterSubject.matches(pattern, event: #"{"source":"s","a":"1"}"#))
        #expect(try FilterSubject.matches(pattern, event: #"{"source":"s","b":"2","c":"3"}"#))
        #expect(try FilterSubject.matches(pattern, event: #"{"source":"s","d":{"e":null}}"#))
        #expect(try !FilterSubject.matches(pattern, event: #"{"source":"s","b":"2","c":"4"}"#))
        #expect(try !FilterSubject.matches(pattern, event: #"{"source":"t","a":"1"}"#))
    }

    @Test func orInsideOrAndBesideItMultiply() throws {
        let pattern = #"{"x":{"$or":[{"a":[1]},{"$or":[{"b":[2]},{"c":[3]}]}]},"y":{"$or":[{"d":[4]},{"e":[5]}]}}"#
        for x in [#"{"a":1}"#, #"{"b":2}"#, #"{"c":3}"#] {
            for y in [#"{"d":4}"#, #"{"e":5}"#] {
                #expect(try FilterSubject.matches(pattern, event: #"{"x":\#(x),"y":\#(y)}"#))
            }
            #expect(try !FilterSubject.matches(pattern, event: #"{"x":\#(x),"y":{"d":5}}"#))
        }
    }
}
