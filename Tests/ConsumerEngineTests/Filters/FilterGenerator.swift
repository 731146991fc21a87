// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import TestSupport

/// Makes patterns and records from a seed, of few names and values, so that they meet often.
struct FilterGenerator {
    var random: SplitMix64

    init(seed: UInt64) {
        self.random = SplitMix64(seed: seed)
    }

    private static let names = ["a", "b", "c", "a.b", "ä", #"\"q\""#]
    private static let texts = ["", "x", "xy", "Xy", "y", "5", "10.0.0.7", "ä", #"\n"#, "true"]
    private static let numbers = ["5", "5.0", "0", "-1.5", "1e3", "1000"]

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self.random) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self.random)]
    }

    private mutating func list(_ range: ClosedRange<Int>, _ element: (inout FilterGenerator) -> String) -> String {
        (0..<Int.random(in: range, using: &self.random)).map { _ in element(&self) }.joined(separator: ",")
    }

    // MARK: Patterns

    mutating func pattern() -> String {
        var members: [String] = []
        if self.chance(3) { members.append(#""eventName":[\#(self.pick([#""INSERT""#, #""MODIFY","REMOVE""#]))]"#) }
        if self.chance(6) { members.append(#""userIdentity":{"type":[\#(self.alternative())]}"#) }
        if self.chance(8) { members.append(#""dynamodb.NewImage.a.S":[\#(self.alternative())]"#) }
        if self.chance(5) {
            let one = self.pattern()
            let two = self.pattern()
            if one.utf8.count + two.utf8.count < 1000 { members.append(#""$or":[\#(one),\#(two)]"#) }
        }
        if members.isEmpty || !self.chance(4) { members.append(#""dynamodb":\#(self.change())"#) }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func change() -> String {
        let items = self.pick([["NewImage"], ["OldImage"], ["Keys"], ["NewImage", "OldImage"], ["Keys", "NewImage"]])
        return "{\(items.map { #""\#($0)":\#(self.node(depth: 4))"# }.joined(separator: ","))}"
    }

    private mutating func node(depth: Int) -> String {
        if depth == 0 || (depth < 4 && self.chance(3)) { return "[\(self.list(1...2) { $0.alternative() })]" }
        return "{\(self.list(1...2) { #""\#($0.name())":\#($0.node(depth: depth - 1))"# })}"
    }

    private mutating func name() -> String {
        self.chance(2) ? self.pick(["S", "N", "L", "M", "SS", "BOOL", "NULL"]) : self.pick(Self.names)
    }

    private mutating func alternative() -> String {
        let text = #""\#(self.pick(Self.texts))""#
        switch Int.random(in: 0..<14, using: &self.random) {
        case 0: return self.pick(Self.numbers)
        case 1: return self.pick(["true", "false", "null"])
        case 2: return #"{"prefix":\#(text)}"#
        case 3: return #"{"suffix":\#(text)}"#
        case 4: return #"{"\#(self.pick(["prefix", "suffix"]))":{"equals-ignore-case":\#(text)}}"#
        case 5: return #"{"equals-ignore-case":\#(text)}"#
        case 6: return #"{"anything-but":[\#(text),"y"]}"#
        case 7: return #"{"anything-but":\#(self.pick(Self.numbers))}"#
        case 8: return #"{"anything-but":{"\#(self.pick(["prefix", "suffix", "wildcard"]))":"x"}}"#
        case 9: return #"{"numeric":[">=",\#(self.pick(["-2", "0", "5"])),"<",1000]}"#
        case 10: return #"{"exists":\#(self.pick(["true", "false", "false"]))}"#
        case 11: return #"{"cidr":"10.0.0.0/24"}"#
        case 12: return #"{"wildcard":"\#(self.pick(["*", "x*", "*y", "x*y"]))"}"#
        default: return text
        }
    }

    // MARK: Records

    mutating func record() -> StreamRecord {
        FilterSubject.record(
            self.pick(ChangeKind.allCases),
            keys: self.item(),
            new: self.chance(4) ? nil : self.item(),
            old: self.chance(3) ? nil : self.item(),
            isTimeToLive: self.chance(5)
        )
    }

    private mutating func item() -> String { "{\(self.attributes(depth: 3))}" }

    private mutating func attributes(depth: Int) -> String {
        var names: [String] = []
        for name in Self.names + ["S", "M"] where self.chance(2) { names.append(name) }
        return names.map { #""\#($0)":\#(self.attribute(depth: depth))"# }.joined(separator: self.pick([",", " ,\n "]))
    }

    private mutating func attribute(depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &self.random) {
        case 0: return #"{"N":"\#(self.pick(["5", "1000"]))"}"#
        case 1: return #"{"BOOL":\#(self.pick(["true", "false"]))}"#
        case 2: return #"{"NULL":true}"#
        case 3: return #"{"SS":[\#(self.list(0...3) { #""\#($0.pick(Self.texts))""# })]}"#
        case 5, 6: return #"{"L":[\#(self.list(0...3) { $0.attribute(depth: depth - 1) })]}"#
        case 7: return #"{"M":{\#(self.attributes(depth: depth - 1))}}"#
        default: return #"{"S":"\#(self.pick(Self.texts))"}"#
        }
    }
}
