// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CCompression
import Synchronization

/// Deflates one thing after another with the same memory: to prepare it takes as long as to deflate a batch of few records.
final class Deflater: Sendable {
    /// What C code made; used by one caller at a time.
    private let memory = Mutex<OpaquePointer?>(nil)

    /// Takes memory only when it is first used.
    init() {}

    deinit {
        self.memory.withLock { weir_deflater_free($0) }
    }

    /// Deflates at the lowest level, as it has to keep up with the stream; nil if there is no memory.
    func deflate(_ bytes: [UInt8]) -> [UInt8]? {
        self.memory.withLock { memory in
            if memory == nil { memory = weir_deflater_create(1) }
            guard let deflater = memory else { return nil }
            var output: UnsafePointer<UInt8>?
            var length = 0
            let status = bytes.withUnsafeBufferPointer {
                weir_deflater_run(deflater, $0.baseAddress, $0.count, &output, &length)
            }
            guard status == 0, let output else { return nil }
            return Array(UnsafeBufferPointer(start: output, count: length))
        }
    }
}
