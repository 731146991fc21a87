// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// What happens to files.
enum DamagedFile {
    /// Changes what is in a recording behind its back.
    static func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// A copy of a file with other bytes from an offset on.
    static func copy(_ path: String, to target: String, overwriting bytes: [UInt8], at offset: Int) throws {
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        data.replaceSubrange(offset..<min(data.count, offset + bytes.count), with: bytes.prefix(data.count - offset))
        try data.write(to: URL(fileURLWithPath: target))
    }

    /// A copy of the beginning of a file.
    static func copy(_ path: String, to target: String, bytes: Int) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        try data.prefix(bytes).write(to: URL(fileURLWithPath: target))
    }

    /// The length of a file.
    static func size(_ path: String) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: path)).count
    }
}
