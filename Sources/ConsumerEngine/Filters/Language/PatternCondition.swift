// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a pattern asks of the values at one path: one of the alternatives has to be true of one of the values.
struct PatternCondition: Hashable, Sendable {
    /// Names from the root, as the pattern has them.
    let path: [String]
    /// The path as one text; the engine behind AWS's patterns looks at paths in the order of these.
    let name: String
    var tests: [ValueTest]
    /// Whether one of the alternatives is that there is no value (`exists` false).
    var acceptsAbsence: Bool
    /// The alternatives as they are written.
    var text: String
    /// Where they stand, in bytes from the start of the pattern.
    var offset: Int

    init(path: [String], text: String, offset: Int) {
        self.path = path
        self.name = path.joined(separator: ".")
        self.tests = []
        self.acceptsAbsence = false
        self.text = text
        self.offset = offset
    }

    func accepts(_ value: FilterScalar) -> Bool {
        self.tests.contains { $0.matches(value) }
    }
}
