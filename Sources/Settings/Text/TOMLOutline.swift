// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where the keys and values of a TOML text stand, and the certainty that its form is in order.
///
/// toml++, which reads the values, ends the process at some texts that are no TOML (`[}`, `a = [}`, `a = 1979-05-27T:`), and its
/// values do not say where they stand. So no text gets there that has not been walked over here. Dates and times are
/// refused, as no setting is one.
struct TOMLOutline: Hashable, Sendable {
    /// The largest text, in bytes.
    static let maximumBytes = 1 << 20
    /// How deep arrays and tables may be nested.
    static let maximumDepth = 32

    /// Where keys stand, by their path: `roles.text`, `filter`, `list[0].name`.
    private(set) var keys: [String: TextPlace] = [:]
    /// Where values stand, by the same paths.
    private(set) var values: [String: TextPlace] = [:]

    /// Walks over a text.
    ///
    /// - Throws: The first fault of its form.
    init(_ text: [UInt8]) throws(TOMLFault) {
        guard text.count <= Self.maximumBytes else {
            throw TOMLFault("longer than \(Self.maximumBytes) bytes", at: Self.maximumBytes)
        }
        var scanner = TOMLScanner(text)
        try scanner.scan()
        self.keys = scanner.keys.mapValues { TextPlace(offset: $0, in: text) }
        self.values = scanner.values.mapValues { TextPlace(offset: $0, in: text) }
    }

    /// The path of an element.
    static func path(_ path: String, _ index: Int) -> String { "\(path)[\(index)]" }

    /// The path of a member.
    static func path(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
