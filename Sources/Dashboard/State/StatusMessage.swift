// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What the message line says after an action.
package struct StatusMessage: Hashable, Sendable {
    /// How long it stays, by session time.
    static let duration = Duration.seconds(4)

    /// The text, not yet escaped.
    package var text: String
    /// An error stays until a key is pressed.
    package var isError: Bool
    /// When it came, by session time.
    package var since: Timestamp?

    package init(_ text: String, isError: Bool = false, since: Timestamp?) {
        self.text = text
        self.isError = isError
        self.since = since
    }

    /// Whether its time is over.
    func isOver(at now: Timestamp?) -> Bool {
        guard !self.isError, let now, let since = self.since else { return false }
        return now.since(since) >= Self.duration
    }
}
