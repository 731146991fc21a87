// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

extension ProcessingResult {
    /// A word for people.
    var word: String {
        switch self {
        case .none: "none"
        case .succeeded: "OK"
        case .failed: "PROBLEM"
        }
    }
}
