// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A filter pattern of Lambda's event source mapping, compiled.
///
/// A JSON object that mirrors the record as a function gets it. Names lead to arrays of alternatives, of which one has to
/// be true; all paths have to be. See <doc:Filters>.
public struct EventPattern: Hashable, Sendable, CustomStringConvertible {
    /// How long a pattern may be, in characters.
    ///
    /// Source: Lambda API reference, `Filter`, `Pattern`.
    public static let maximumLength = 4096

    /// The pattern as it was given.
    public let text: String
    /// What its author should know; nothing of it keeps the pattern from working here.
    public var warnings: [EventPatternWarning] { self.compiled.warnings }

    let compiled: PatternCompiler.Output

    /// Compiles a pattern.
    ///
    /// - Parameter text: JSON, at most ``maximumLength`` characters.
    /// - Throws: ``EventPatternError`` with the place and the reason.
    public init(_ text: String) throws(EventPatternError) {
        let count = text.unicodeScalars.count
        guard count <= Self.maximumLength else {
            throw EventPatternError(
                reason: "it has \(count) characters; \(Self.maximumLength) are the most. Split it into several filters."
            )
        }
        self.text = text
        self.compiled = try PatternCompiler.compile(Array(text.utf8))
    }

    /// The pattern as it was given.
    public var description: String { self.text }

    /// Whether the bytes are the same.
    public static func == (left: EventPattern, right: EventPattern) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.text)
    }
}
