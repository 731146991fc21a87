// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The part of a document that patterns name, in one array that is used again for the next document.
struct ProjectedDocument: Sendable {
    /// What a value is.
    enum Kind: Sendable {
        case object
        case array
        case scalar(FilterScalar)
    }

    /// A value, and where it hangs.
    ///
    /// Children of an object have paths of their own, elements have their array's.
    struct Node: Sendable {
        var path: Int
        var kind: Kind
        fileprivate(set) var firstChild = -1
        fileprivate(set) var lastChild = -1
        fileprivate(set) var next = -1
    }

    private(set) var nodes: [Node] = []

    /// Forgets everything but the memory.
    mutating func removeAll() {
        self.nodes.removeAll(keepingCapacity: true)
    }

    /// Adds a value behind its siblings; the first one is the root.
    @discardableResult
    mutating func append(_ kind: Kind, path: Int, to parent: Int?) -> Int {
        let index = self.nodes.count
        self.nodes.append(Node(path: path, kind: kind))
        guard let parent else { return index }
        let last = self.nodes[parent].lastChild
        if last < 0 { self.nodes[parent].firstChild = index } else { self.nodes[last].next = index }
        self.nodes[parent].lastChild = index
        return index
    }

    /// Whether something is true of one of the members or elements at least.
    func anyChild(of parent: Int, _ isTrue: (Int) -> Bool) -> Bool {
        var child = self.nodes[parent].firstChild
        while child >= 0 {
            if isTrue(child) { return true }
            child = self.nodes[child].next
        }
        return false
    }
}
