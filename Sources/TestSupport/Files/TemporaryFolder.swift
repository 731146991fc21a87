// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder of its own for one test, removed with it.
package final class TemporaryFolder: Sendable {
    /// Its path.
    package let path: String

    /// Creates it.
    package init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("weir-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        self.path = url.path
    }

    /// Writes a file into it, over one of that name; folders on its way are made.
    ///
    /// - Returns: Its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        let file = URL(fileURLWithPath: self.path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
        return file.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }
}
