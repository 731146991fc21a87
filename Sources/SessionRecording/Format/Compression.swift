// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CCompression

/// Deflating and inflating.
enum Compression {
    /// Deflates; the lowest level, as it has to keep up with the stream.
    static func deflate(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8]? {
        var output: UnsafeMutablePointer<UInt8>?
        var length = 0
        let status = bytes.withUnsafeBufferPointer { input in
            weir_deflate(input.baseAddress, input.count, level, &output, &length)
        }
        guard status == 0, let output else { return nil }
        defer { weir_inflate_free(output) }
        return Array(UnsafeBufferPointer(start: output, count: length))
    }

    /// Inflates to at most `limit` bytes; nil if the input is damaged or would become longer.
    static func inflate(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var output: UnsafeMutablePointer<UInt8>?
        var length = 0
        let status = bytes.withUnsafeBufferPointer { input in
            weir_inflate(input.baseAddress, input.count, Int32(WEIR_DEFLATE.rawValue), limit, &output, &length)
        }
        guard status == Int32(WEIR_INFLATE_OK.rawValue), let output else { return nil }
        defer { weir_inflate_free(output) }
        return Array(UnsafeBufferPointer(start: output, count: length))
    }
}
