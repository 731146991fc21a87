// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// All that somebody could have changed of a file: its bytes, its rights and what stands beside it.
package struct FileState: Hashable, CustomStringConvertible {
    private let bytes: Data
    private let rights: Int
    private let neighbours: [String]

    /// Reads it.
    ///
    /// - Throws: If there is no such file.
    package init(_ path: String) throws {
        let url = URL(fileURLWithPath: path)
        self.bytes = try Data(contentsOf: url)
        self.rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        self.neighbours = try FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)
            .sorted()
    }

    /// Its size, rights and neighbours.
    package var description: String {
        "\(self.bytes.count) bytes, rights \(String(self.rights, radix: 8)), \(self.neighbours)"
    }
}
