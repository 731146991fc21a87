// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

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
            guard let bytes = Compression.inflate([UInt8](blob), limit: 64 << 20) else { continue }
            self.parts.append(Data(bytes))
        }
    }

    /// Whether a text is anywhere in it.
    func contains(_ text: String) -> Bool {
        self.parts.contains { $0.range(of: Data(text.utf8)) != nil }
    }
}
