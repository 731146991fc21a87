// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The conditions of a rule in the shape of the documents they are about.
struct RuleTree: Sendable {
    /// A condition that a missing value may meet, looked up from the place that decides what is missing.
    struct AbsenceCheck: Sendable {
        /// The paths from that place down to the condition.
        var steps: [Int]
        /// Which condition of the rule.
        var slot: Int
    }

    /// A place at which, or below which, something is asked.
    struct Node: Sendable {
        var path: Int
        var children: [Int] = []
        /// Which condition of the rule is about this very place.
        var slot: Int?
        /// What is looked up for each object here.
        var absences: [AbsenceCheck] = []
    }

    /// A condition and where it is in documents.
    struct Leaf: Sendable {
        var condition: PatternCondition
        /// The nodes of the path in the tree of paths.
        var path: [Int]
    }

    /// The root is the first.
    private(set) var nodes = [Node(path: 0)]
    /// The conditions by slot.
    let conditions: [PatternCondition]

    init(_ leaves: [Leaf]) {
        self.conditions = leaves.map(\.condition)
        var places: [[Int]] = []
        for (slot, leaf) in leaves.enumerated() {
            let place = self.insert(leaf.path)
            self.nodes[place[place.count - 1]].slot = slot
            places.append(place)
        }
        for (slot, leaf) in leaves.enumerated() where leaf.condition.acceptsAbsence {
            let depth = Self.absenceDepth(of: leaf, among: leaves)
            let node = depth == 0 ? 0 : places[slot][depth - 1]
            self.nodes[node].absences.append(AbsenceCheck(steps: Array(leaf.path[depth...]), slot: slot))
        }
    }

    private mutating func insert(_ path: [Int]) -> [Int] {
        var node = 0
        return path.map { step in
            if let child = self.nodes[node].children.first(where: { self.nodes[$0].path == step }) {
                node = child
            } else {
                self.nodes.append(Node(path: step))
                self.nodes[node].children.append(self.nodes.count - 1)
                node = self.nodes.count - 1
            }
            return node
        }
    }

    /// How deep the place lies from which a value is missing.
    ///
    /// The engine behind AWS's patterns goes through the paths in the order of their names. What it has found until then
    /// fixes the elements of lists; a value is missing if no element that is still possible has it. So with
    /// `{"a":["x"],"b":[{"exists":false}]}` below a list, `b` is looked for in the element with the `a`; with the names
    /// the other way round it is looked for in all elements.
    private static func absenceDepth(of leaf: Leaf, among leaves: [Leaf]) -> Int {
        var depth = 0
        for other in leaves where !other.condition.acceptsAbsence && other.condition.precedes(leaf.condition) {
            let common = zip(leaf.path, other.path).prefix { $0 == $1 }.count
            // What is at a place itself says nothing of the objects there.
            depth = max(depth, min(common, other.path.count - 1, leaf.path.count - 1))
        }
        return depth
    }
}

extension PatternCondition {
    /// Whether its path comes first, in the order of UTF-16.
    fileprivate func precedes(_ other: PatternCondition) -> Bool {
        self.name.utf16.lexicographicallyPrecedes(other.name.utf16)
    }
}
