// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// All paths that patterns name, as one tree: what has to be looked at in a document, and nothing else.
struct PathTree: Sendable {
    /// A child by a name without a point.
    struct Child: Sendable {
        var name: String
        var node: Int
    }

    /// A child by a name with points, which is a path if there is one in the document, else a name.
    struct DottedChild: Sendable {
        var name: String
        var parts: [String]
        var node: Int
    }

    /// A place in documents.
    struct Node: Sendable {
        var children: [Child] = []
        var dotted: [DottedChild] = []
    }

    /// The root is the first.
    private(set) var nodes = [Node()]

    /// The nodes of a path below the root, made if they are not there.
    mutating func insert(_ path: [String]) -> [Int] {
        var node = 0
        return path.map { name in
            node = self.child(name, of: node)
            return node
        }
    }

    private mutating func child(_ name: String, of parent: Int) -> Int {
        // By bytes, as names are compared in documents; Swift takes different spellings of one letter for the same.
        func isSame(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }
        if let child = self.nodes[parent].children.first(where: { isSame($0.name) }) { return child.node }
        if let child = self.nodes[parent].dotted.first(where: { isSame($0.name) }) { return child.node }
        let node = self.nodes.count
        self.nodes.append(Node())
        if name.utf8.contains(UInt8(ascii: ".")) {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            self.nodes[parent].dotted.append(DottedChild(name: name, parts: parts, node: node))
        } else {
            self.nodes[parent].children.append(Child(name: name, node: node))
        }
        return node
    }

    /// The child of that name; nil if no pattern names it.
    func node(_ name: String, of parent: Int) -> Int? {
        self.nodes[parent].children.first { $0.name == name }?.node
    }
}
