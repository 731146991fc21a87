// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Bounds of what the JSON readers accept.
package enum JSONLimits {
    /// How deep arrays and objects may be nested.
    ///
    /// An item may nest 32 levels, each of which is two levels of JSON; the request around it takes six more.
    package static let maximumDepth = 128
    /// The largest document, in bytes; the service's own bound for a request is 16 MB, a page holds about 1 MB of items.
    package static let maximumBytes = 64 << 20
}
