// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Test of files: what the targets under test may not import.
func ownProcess() -> Int32 { ProcessInfo.processInfo.processIdentifier }

/// The permission bits of a file; nil if it is not there.
func permissions(of path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
}

/// Sets the permission bits of a file.
func setPermissions(_ bits: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: bits], ofItemAtPath: path)
}

/// Writes a text.
func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}
