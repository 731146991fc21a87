// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What became of an item: its keys, then what changed, was added, was removed, and what did not change.
package struct ImageDifference: Hashable, Sendable {
    /// The key attributes, partition key first.
    package var keys: [NodeDifference]
    /// All other attributes, changed ones first, each group by name.
    package var attributes: [NodeDifference]

    /// Compares two images; nil for one that does not exist.
    package init(keys: Item, keyNames: [String], old: Item?, new: Item?) {
        let names = keyNames.isEmpty || !keyNames.allSatisfy { keys[$0] != nil } ? keys.keys.sorted() : keyNames
        self.keys = names.compactMap { name in
            keys[name].map { NodeDifference(name: name, old: ValueNode($0), new: ValueNode($0)) }
        }
        let others = Set(old.map { Array($0.keys) } ?? []).union(new.map { Array($0.keys) } ?? []).subtracting(names)
        self.attributes = NodeDifference.ordered(
            others.sorted().map { name in
                NodeDifference(
                    name: name,
                    old: old?[name].map { ValueNode($0) },
                    new: new?[name].map { ValueNode($0) }
                )
            }
        )
    }

    /// Number of attributes and parts of attributes that changed.
    package var changeCount: Int { self.attributes.reduce(0) { $0 + $1.changeCount } }
}
