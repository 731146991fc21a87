// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A place in an item: `a`, `a.b`, `a[2].c`.
struct DocumentPath: Hashable, CustomStringConvertible {
    /// A step into a map or a list.
    enum Step: Hashable {
        case member(String)
        case index(Int)
    }

    /// The top-level attribute.
    var attribute: String
    /// The way from there.
    var steps: [Step] = []

    /// The value at this place; nil if there is none.
    func value(in item: Item) -> AttributeValue? {
        guard var value = item[self.attribute] else { return nil }
        for step in self.steps {
            switch (step, value) {
            case (.member(let name), .map(let members)):
                guard let member = members[name] else { return nil }
                value = member
            case (.index(let index), .list(let elements)):
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    /// The path as the service writes it in its texts: `[a, b, [2]]`.
    var description: String {
        let steps = self.steps.map { step in
            switch step {
            case .member(let name): name
            case .index(let index): "[\(index)]"
            }
        }
        return "[\(([self.attribute] + steps).joined(separator: ", "))]"
    }
}
