// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension FilterPattern {
    /// Reads an expression: `. [a-z] [^a] \d \w \s \b ^ $ ( ) | * + ? {2,5}`, anything else is itself.
    ///
    /// - Parameters:
    ///   - characters: The expression without its slashes.
    ///   - offset: Where it begins in the filter, for errors.
    /// - Throws: ``FilterError`` where it cannot be understood.
    init(_ characters: [Character], offset: Int) throws(FilterError) {
        var parser = FilterPatternParser(characters: characters, offset: offset)
        let node = try parser.alternatives()
        guard parser.position == characters.count else { throw parser.error("a ( is missing before )") }
        var steps: [Step] = []
        try Self.write(node, to: &steps, parser)
        steps.append(.found)
        self.text = String(characters)
        self.isCaseSensitive = parser.hasCapital
        self.steps = steps
    }

    fileprivate indirect enum Node {
        case nothing
        case step(Step)
        case sequence([Node])
        case either(Node, Node)
        case repeated(Node, least: Int, most: Int?)
    }

    /// Writes a part out; what is repeated a number of times stands there as often.
    private static func write(_ node: Node, to steps: inout [Step], _ parser: FilterPatternParser) throws(FilterError) {
        guard steps.count < Self.stepLimit else {
            throw FilterError(
                range: parser.offset..<parser.offset + parser.characters.count,
                message: "this expression is too long when its repetitions are written out"
            )
        }
        switch node {
        case .nothing: break
        case .step(let step): steps.append(step)
        case .sequence(let nodes): for node in nodes { try Self.write(node, to: &steps, parser) }
        case .either(let left, let right):
            let fork = steps.count
            steps.append(.either(fork + 1, 0))
            try Self.write(left, to: &steps, parser)
            let jump = steps.count
            steps.append(.goTo(0))
            steps[fork] = .either(fork + 1, steps.count)
            try Self.write(right, to: &steps, parser)
            steps[jump] = .goTo(steps.count)
        case .repeated(let part, let least, let most):
            for _ in 0..<least { try Self.write(part, to: &steps, parser) }
            guard let most else {
                let fork = steps.count
                steps.append(.either(fork + 1, 0))
                try Self.write(part, to: &steps, parser)
                steps.append(.goTo(fork))
                steps[fork] = .either(fork + 1, steps.count)
                return
            }
            var forks: [Int] = []
            for _ in least..<max(least, most) {
                forks.append(steps.count)
                steps.append(.either(steps.count + 1, 0))
                try Self.write(part, to: &steps, parser)
            }
            for fork in forks { steps[fork] = .either(fork + 1, steps.count) }
        }
    }
}

private struct FilterPatternParser {
    /// Largest number in `{2,5}`.
    private static let repetitionLimit = 100
    /// How deep groups may be nested.
    private static let depthLimit = 40

    let characters: [Character]
    let offset: Int
    var position = 0
    var depth = 0
    var hasCapital = false

    init(characters: [Character], offset: Int) {
        self.characters = characters
        self.offset = offset
    }

    private var next: Character? { self.position < self.characters.count ? self.characters[self.position] : nil }

    func error(_ message: String, at position: Int? = nil) -> FilterError {
        let place = self.offset + min(position ?? self.position, self.characters.count)
        return FilterError(range: place..<place + 1, message: message)
    }

    mutating func alternatives() throws(FilterError) -> FilterPattern.Node {
        var node = try self.sequence()
        while self.next == "|" {
            self.position += 1
            node = .either(node, try self.sequence())
        }
        return node
    }

    private mutating func sequence() throws(FilterError) -> FilterPattern.Node {
        var nodes: [FilterPattern.Node] = []
        while let character = self.next, character != "|", character != ")" {
            nodes.append(try self.repetition(of: self.part()))
        }
        return nodes.isEmpty ? .nothing : .sequence(nodes)
    }

    private mutating func part() throws(FilterError) -> FilterPattern.Node {
        let start = self.position
        guard let character = self.next else { return .nothing }
        self.position += 1
        switch character {
        case "(":
            self.depth += 1
            defer { self.depth -= 1 }
            guard self.depth <= Self.depthLimit else { throw self.error("too many groups in each other", at: start) }
            let node = try self.alternatives()
            guard self.next == ")" else { throw self.error("the ( is not closed", at: start) }
            self.position += 1
            return node
        case "[": return .step(.one(try self.set(from: start)))
        case "*", "+", "?": throw self.error("there is nothing before \(character) to repeat", at: start)
        case ".": return .step(.one(.any))
        case "^": return .step(.start)
        case "$": return .step(.end)
        case "\\":
            if self.next == "b" {
                self.position += 1
                return .step(.boundary)
            }
            return .step(.one(try self.escaped(from: start)))
        default: return self.literal(character)
        }
    }

    private mutating func literal(_ character: Character) -> FilterPattern.Node {
        if character.isUppercase { self.hasCapital = true }
        return .sequence(character.unicodeScalars.map { .step(.one(.range($0.value...$0.value))) })
    }

    private mutating func escaped(from start: Int) throws(FilterError) -> FilterPattern.Member {
        guard let character = self.next else { throw self.error("a character is missing after \\", at: start) }
        self.position += 1
        switch character {
        case "d": return .digit
        case "w": return .word
        case "s": return .space
        case "D": return .not(.digit)
        case "W": return .not(.word)
        case "S": return .not(.space)
        case "t": return .range(0x09...0x09)
        case "n": return .range(0x0A...0x0A)
        default:
            guard !character.isLetter, !character.isNumber, let scalar = character.unicodeScalars.first else {
                throw self.error(
                    "\\\(character) is not known; there are \\d \\w \\s \\b and \\ before a sign",
                    at: start
                )
            }
            return .range(scalar.value...scalar.value)
        }
    }

    private mutating func set(from start: Int) throws(FilterError) -> FilterPattern.Member {
        var isNegated = false
        if self.next == "^" {
            isNegated = true
            self.position += 1
        }
        var members: [FilterPattern.Member] = []
        while let character = self.next {
            self.position += 1
            if character == "]", !members.isEmpty {
                return isNegated ? .not(.oneOf(members)) : .oneOf(members)
            }
            if character == "\\" {
                members.append(try self.escaped(from: self.position - 1))
                continue
            }
            guard let first = character.unicodeScalars.first?.value else { continue }
            if character.isUppercase { self.hasCapital = true }
            guard self.next == "-", self.position + 1 < self.characters.count,
                self.characters[self.position + 1] != "]",
                let last = self.characters[self.position + 1].unicodeScalars.first?.value
            else {
                members.append(.range(first...first))
                continue
            }
            guard first <= last else { throw self.error("a range goes from small to large", at: self.position - 1) }
            if self.characters[self.position + 1].isUppercase { self.hasCapital = true }
            self.position += 2
            members.append(.range(first...last))
        }
        throw self.error("the [ is not closed", at: start)
    }

    private mutating func repetition(of part: FilterPattern.Node) throws(FilterError) -> FilterPattern.Node {
        switch self.next {
        case "*":
            self.position += 1
            return .repeated(part, least: 0, most: nil)
        case "+":
            self.position += 1
            return .repeated(part, least: 1, most: nil)
        case "?":
            self.position += 1
            return .repeated(part, least: 0, most: 1)
        case "{": return try self.counted(part)
        default: return part
        }
    }

    private mutating func counted(_ part: FilterPattern.Node) throws(FilterError) -> FilterPattern.Node {
        let start = self.position
        guard let end = self.characters[start...].firstIndex(of: "}") else {
            throw self.error("the { is not closed", at: start)
        }
        let numbers = String(self.characters[start + 1..<end])
            .split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        self.position = end + 1
        let isOpen = numbers.count == 2 && self.characters[end - 1] == ","
        guard let least = numbers.first ?? nil, numbers.count <= 2, isOpen || numbers.allSatisfy({ $0 != nil }),
            let most = isOpen ? least : numbers.last ?? nil, (0...Self.repetitionLimit).contains(least),
            (least...Self.repetitionLimit).contains(max(most, least)), most >= least
        else {
            throw self.error("{2} {2,} {2,5} are understood, up to \(Self.repetitionLimit)", at: start)
        }
        return .repeated(part, least: least, most: isOpen ? nil : most)
    }
}
