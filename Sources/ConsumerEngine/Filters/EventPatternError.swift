// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a text is no filter pattern, and where.
///
/// AWS answers all of these with `Invalid filter pattern definition.` and nothing else.
public struct EventPatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the pattern: names with points between, indices of arrays in brackets, `dynamodb.Keys.pk.S[0]`.
    ///
    /// Empty: the pattern as a whole.
    public var path: String
    /// The place as a number of characters (Unicode scalars) from the start of the text; nil when that says nothing.
    public var offset: Int?
    /// What is wrong and, where there is one, what to write instead.
    public var reason: String

    /// Creates an error.
    public init(path: String = "", offset: Int? = nil, reason: String) {
        self.path = path
        self.offset = offset
        self.reason = reason
    }

    /// AWS's text, the place and the reason.
    public var description: String {
        var place = self.path.isEmpty ? "" : " at \(self.path)"
        if let offset { place += "\(place.isEmpty ? " at" : ",") character \(offset + 1)" }
        return "Invalid filter pattern definition\(place): \(self.reason)"
    }
}
