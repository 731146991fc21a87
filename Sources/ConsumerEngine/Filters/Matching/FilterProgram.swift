// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Several patterns made ready for one pass over a record.
struct FilterProgram: Sendable {
    /// Which items of a record are looked at.
    struct Items: OptionSet, Sendable {
        var rawValue: Int

        static let keys = Items(rawValue: 1)
        static let newImage = Items(rawValue: 2)
        static let oldImage = Items(rawValue: 4)
    }

    /// Conditions of which all have to be met.
    struct Rule: Sendable {
        /// Which pattern it comes from.
        var pattern: Int
        /// All conditions, for whole documents.
        var whole: RuleTree
        /// Those about what a record has at hand.
        var heads: [Head]
        /// The others; nil: there are none.
        var rest: RuleTree?
        /// What those look at.
        var items: Items
    }

    /// A condition about what a record has at hand.
    struct Head: Sendable {
        var member: RecordMember
        var condition: PatternCondition
    }

    let paths: PathTree
    let rules: [Rule]
    /// Whether a record has to be written as a whole to be looked at, because a name with a point may be a path.
    let needsWholeEvents: Bool

    init(_ patterns: [EventPattern]) {
        var paths = PathTree()
        var rules: [Rule] = []
        for (index, pattern) in patterns.enumerated() {
            let leaves = pattern.compiled.conditions.map {
                RuleTree.Leaf(condition: $0, path: paths.insert($0.path))
            }
            for rule in pattern.compiled.rules {
                rules.append(Self.rule(of: rule.map { leaves[$0] }, pattern: index))
            }
        }
        let tops = [0] + ["dynamodb", "userIdentity"].compactMap { paths.node($0, of: 0) }
        self.needsWholeEvents = tops.contains { !paths.nodes[$0].dotted.isEmpty }
        self.paths = paths
        self.rules = rules
    }

    private static func rule(of leaves: [RuleTree.Leaf], pattern: Int) -> Rule {
        var heads: [Head] = []
        var rest: [RuleTree.Leaf] = []
        var items: Items = []
        for leaf in leaves {
            let path = leaf.condition.path
            if let member = RecordMember(path: path) {
                heads.append(Head(member: member, condition: leaf.condition))
                continue
            }
            rest.append(leaf)
            guard path.count > 1, path[0] == "dynamodb" else { continue }
            switch path[1] {
            case "Keys": items.insert(.keys)
            case "NewImage": items.insert(.newImage)
            case "OldImage": items.insert(.oldImage)
            default: break
            }
        }
        return Rule(
            pattern: pattern,
            whole: RuleTree(leaves),
            heads: heads,
            rest: rest.isEmpty ? nil : RuleTree(rest),
            items: items
        )
    }
}
