// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

extension SessionEvent.Kind {
    /// Whether a recorder has gone on from a whole state behind it, which the events before it do not lead to.
    var mayBeFollowedByState: Bool {
        switch self {
        case .gap, .resumed: true
        default: false
        }
    }
}
