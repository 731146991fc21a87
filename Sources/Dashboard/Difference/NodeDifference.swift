// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What became of one value.
package struct NodeDifference: Hashable, Sendable {
    /// What became of it.
    package enum Kind: Hashable, Sendable {
        case unchanged, changed, added, removed
    }

    /// The attribute's or member's name, `[3]` for an element; empty for a set's member.
    package var name: String
    /// What became of it.
    package var kind: Kind
    /// The value before; nil if there was none.
    package var old: ValueNode?
    /// The value after; nil if there is none.
    package var new: ValueNode?
    /// The parts of a value that has some on both sides, in order: changed, added, removed, unchanged for named parts,
    /// by place for a list's.
    package var children: [NodeDifference]

    /// Compares two values.
    package init(name: String, old: ValueNode?, new: ValueNode?) {
        self.name = name
        self.old = old
        self.new = new
        self.children = []
        switch (old, new) {
        case (nil, _): self.kind = .added
        case (_, nil): self.kind = .removed
        case (let old?, let new?):
            self.kind = old.isEqual(to: new) ? .unchanged : .changed
            if self.kind == .changed { self.children = Self.children(old, new) }
        }
    }

    /// Number of values in it that changed, were added or removed, without those that only have such parts.
    package var changeCount: Int {
        guard self.kind != .unchanged else { return 0 }
        return self.children.isEmpty ? 1 : self.children.reduce(0) { $0 + $1.changeCount }
    }

    private static func children(_ old: ValueNode, _ new: ValueNode) -> [NodeDifference] {
        switch (old, new) {
        case (.object(let oldType, let old), .object(let newType, let new)) where oldType == newType:
            return Self.members(old, new)
        case (.array(let oldType, let old), .array(let newType, let new)) where oldType == newType:
            return Self.elements(old, new)
        case (.set(let oldType, let old), .set(let newType, let new)) where oldType == newType:
            let added = new.filter { !old.contains($0) }.map { NodeDifference(name: "", old: nil, new: $0) }
            let removed = old.filter { !new.contains($0) }.map { NodeDifference(name: "", old: $0, new: nil) }
            let kept = old.filter { new.contains($0) }.map { NodeDifference(name: "", old: $0, new: $0) }
            return added + removed + kept
        default: return []
        }
    }

    private static func members(_ old: [ValueNode.Member], _ new: [ValueNode.Member]) -> [NodeDifference] {
        let before = Dictionary(old.map { ($0.name, $0.value) }) { first, _ in first }
        let after = Dictionary(new.map { ($0.name, $0.value) }) { first, _ in first }
        // New names in their own order, then those that are gone.
        let names = new.map(\.name) + old.map(\.name).filter { after[$0] == nil }
        return Self.ordered(names.map { NodeDifference(name: $0, old: before[$0], new: after[$0]) })
    }

    /// Changed, added, removed, unchanged; within each in the order given.
    static func ordered(_ differences: [NodeDifference]) -> [NodeDifference] {
        [Kind.changed, .added, .removed, .unchanged].flatMap { kind in differences.filter { $0.kind == kind } }
    }

    /// Elements by place if the lists are of one length, else along their longest common run.
    private static func elements(_ old: [ValueNode], _ new: [ValueNode]) -> [NodeDifference] {
        /// Largest product of two lengths for which the common run is worked out.
        let limit = 40_000
        guard old.count != new.count, old.count * new.count <= limit else {
            return (0..<max(old.count, new.count)).map { index in
                NodeDifference(
                    name: "[\(index)]",
                    old: old.indices.contains(index) ? old[index] : nil,
                    new: new.indices.contains(index) ? new[index] : nil
                )
            }
        }
        var lengths = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
        for left in old.indices.reversed() {
            for right in new.indices.reversed() {
                lengths[left][right] =
                    old[left].isEqual(to: new[right])
                    ? lengths[left + 1][right + 1] + 1 : max(lengths[left + 1][right], lengths[left][right + 1])
            }
        }
        var result: [NodeDifference] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, right < new.count, old[left].isEqual(to: new[right]) {
                result.append(NodeDifference(name: "[\(right)]", old: old[left], new: new[right]))
                (left, right) = (left + 1, right + 1)
            } else if right >= new.count || (left < old.count && lengths[left + 1][right] >= lengths[left][right + 1]) {
                result.append(NodeDifference(name: "[\(left)]", old: old[left], new: nil))
                left += 1
            } else {
                result.append(NodeDifference(name: "[\(right)]", old: nil, new: new[right]))
                right += 1
            }
        }
        return result
    }
}
