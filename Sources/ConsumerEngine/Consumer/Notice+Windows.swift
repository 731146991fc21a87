// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension Notice {
    /// The code of ``waitsForWindow(end:quietFor:)``.
    package static let waitsForWindow = "waits-for-window"

    /// The code of a notice that the last invocation of a window was given up.
    package static let windowDiscarded = "window-discarded"

    /// A session that is to end when nothing new comes waits for the end of an open tumbling window.
    package static func waitsForWindow(end: Timestamp, quietFor limit: Duration) -> Notice {
        Notice(
            level: .info,
            code: Self.waitsForWindow,
            message: "nothing new for \(limit); waits for the tumbling window that ends at \(end.iso8601), whose last "
                + "invocation is still to come"
        )
    }
}
