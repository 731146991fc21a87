// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a TOML text has that cannot be read.
struct TOMLFault: Error, Hashable, Sendable {
    /// What is wrong, for people.
    var message: String
    /// Where, in bytes from the start.
    var offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}
