// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How one request for deletes ended, or all of a batch.
enum RequestEnd: Hashable, Sendable {
    /// All its keys are done.
    case done
    /// Some are left, and may be taken later.
    case retry(reason: String)
    /// None will be taken before somebody changes something.
    case stop(reason: String)

    /// The worse of two ends.
    func merged(with other: RequestEnd) -> RequestEnd {
        switch (self, other) {
        case (.stop, _): self
        case (_, .stop): other
        case (.retry, _): self
        default: other
        }
    }
}
