// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension FunctionResponse {
    /// The longest text that is told of an error, in characters; a program's last lines belong to it.
    static let errorTextLimit = 1000

    /// What a failed function says of its error, in one line: its type and message if the body is what runtimes make of
    /// an error, else the body's text; the kind of error if there is nothing to read.
    ///
    /// - Parameter kind: The kind of error, ``functionError``.
    /// - Returns: At most ``errorTextLimit`` characters and an ellipsis.
    func errorText(_ kind: String) -> String {
        var parts: [String] = []
        if let error = try? JSONValue(parsing: self.body), case .object = error {
            parts = ["errorType", "errorMessage"].compactMap { error[$0]?.string }.filter { !$0.isEmpty }
        }
        if parts.isEmpty { parts = [String(decoding: self.body.prefix(4 * Self.errorTextLimit), as: UTF8.self)] }
        let line = parts.joined(separator: ": ").split(whereSeparator: \.isNewline).joined(separator: " | ")
        guard !line.isEmpty else { return kind }
        return line.count > Self.errorTextLimit ? line.prefix(Self.errorTextLimit) + "…" : line
    }
}
