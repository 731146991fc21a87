// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Testing

@testable import SessionRecording

/// Everything that anybody could find in a file.
struct FileBytes {
    private var parts: [Data]

    /// Reads the file as it lies there, and whatever is deflated in it.
    init(_ path: String) throws {
        self.parts = [try Data(contentsOf: URL(fileURLWithPath: path))]
        let queue = try DatabaseQueue(path: path)
        let blobs = try queue.read { database in
            try Data.fetchAll(database, sql: "SELECT data FROM batch UNION ALL SELECT payload FROM keyframe")
        }
        try queue.close()
        for blob in blobs {
            var deflated = [UInt8](blob)
            if deflated.first == PackedRecords.layout {
                var reader = PackedReader(deflated, position: 1)
                _ = try reader.text()
                deflated = Array(try reader.take(reader.left))
            }
            let bytes = try #require(Compression.inflate(deflated, limit: 64 << 20))
            self.parts.append(Data(bytes))
        }
    }

    /// Whether a text is anywhere in it.
    func contains(_ text: String) -> Bool {
        self.parts.contains { $0.range(of: Data(text.utf8)) != nil }
    }
}
