// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A regular expression of a filter, `/ord(er|ner)\d+/`.
///
/// It is matched without going back: the time for a text grows with its length and with nothing else, so that no
/// expression can stop the screen. Only the first ``textLimit`` characters of a text are looked at.
package struct FilterPattern: Hashable, Sendable {
    /// Characters of a text that are looked at.
    package static let textLimit = 4096
    /// Largest number of steps that an expression may have when it is written out.
    static let stepLimit = 2000

    /// What one character of a text has to be.
    indirect enum Member: Hashable, Sendable {
        case any
        case range(ClosedRange<UInt32>)
        case digit, word, space
        case not(Member)
        case oneOf([Member])

        func holds(_ scalar: UInt32) -> Bool {
            switch self {
            case .any: scalar != 0x0A
            case .range(let range): range.contains(scalar)
            case .digit: (0x30...0x39).contains(scalar)
            case .word:
                (0x30...0x39).contains(scalar) || (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
                    || scalar == 0x5F || (scalar > 0x7F && Unicode.Scalar(scalar)?.properties.isAlphabetic == true)
            case .space: scalar == 0x20 || (0x09...0x0D).contains(scalar) || scalar == 0xA0
            case .not(let member): !member.holds(scalar)
            case .oneOf(let members): members.contains { $0.holds(scalar) }
            }
        }
    }

    /// One step of the expression when it is written out.
    enum Step: Hashable, Sendable {
        case one(Member)
        case either(Int, Int)
        case goTo(Int)
        case start, end, boundary
        case found
    }

    /// The expression as it was typed, without its slashes.
    package let text: String
    /// Whether capitals count: only if the expression has some.
    let isCaseSensitive: Bool
    let steps: [Step]

    /// Whether the expression is found in a text.
    package func matches(_ text: String) -> Bool {
        let shown = text.prefix(Self.textLimit)
        let scalars = (self.isCaseSensitive ? String(shown) : shown.lowercased()).unicodeScalars.map(\.value)
        var current: [Int] = []
        var mark = Array(repeating: -1, count: self.steps.count)
        for place in 0...scalars.count {
            // A match may begin anywhere.
            guard !self.reach(0, at: place, of: scalars, into: &current, &mark) else { return true }
            guard place < scalars.count else { return false }
            var next: [Int] = []
            for step in current {
                guard case .one(let member) = self.steps[step], member.holds(scalars[place]) else { continue }
                guard !self.reach(step + 1, at: place + 1, of: scalars, into: &next, &mark) else { return true }
            }
            current = next
        }
        return false
    }

    /// Adds the steps that are reached without a character; true if the end of the expression is among them.
    private func reach(
        _ first: Int,
        at place: Int,
        of scalars: [UInt32],
        into reached: inout [Int],
        _ mark: inout [Int]
    ) -> Bool {
        var waiting = [first]
        while let step = waiting.popLast() {
            guard mark[step] != place else { continue }
            mark[step] = place
            switch self.steps[step] {
            case .one: reached.append(step)
            case .either(let left, let right): waiting += [right, left]
            case .goTo(let target): waiting.append(target)
            case .start: if place == 0 { waiting.append(step + 1) }
            case .end: if place == scalars.count { waiting.append(step + 1) }
            case .boundary:
                let before = place > 0 && Member.word.holds(scalars[place - 1])
                let after = place < scalars.count && Member.word.holds(scalars[place])
                if before != after { waiting.append(step + 1) }
            case .found: return true
            }
        }
        return false
    }
}
