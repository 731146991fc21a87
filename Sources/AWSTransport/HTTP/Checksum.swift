// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The checksum of the header `x-amz-crc32`: CRC-32 as in zip and Ethernet.
package enum Checksum {
    /// The checksum of a body.
    package static func crc32(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { buffer in
            tables.withUnsafeBufferPointer { Self.crc32(buffer, tables: $0) }
        }
    }

    private static func crc32(_ bytes: UnsafeRawBufferPointer, tables: UnsafeBufferPointer<UInt32>) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        var offset = 0
        // Sixteen bytes a step: each has a table of what it does to the checksum from its distance to the end.
        while offset &+ 16 <= bytes.count {
            let low = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(crc)
            let high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
            crc = 0
            for position in 0..<8 {
                let shift = UInt64(position &* 8)
                crc ^= tables[(15 &- position) &* 256 &+ Int((low &>> shift) & 0xFF)]
                crc ^= tables[(7 &- position) &* 256 &+ Int((high &>> shift) & 0xFF)]
            }
            offset &+= 16
        }
        while offset < bytes.count {
            crc = (crc &>> 8) ^ tables[Int((crc ^ UInt32(bytes[offset])) & 0xFF)]
            offset &+= 1
        }
        return ~crc
    }
}

/// Sixteen tables of 256 words.
private let tables: [UInt32] = {
    var tables: [UInt32] = []
    tables.reserveCapacity(16 * 256)
    for index in 0..<256 {
        var word = UInt32(index)
        for _ in 0..<8 { word = word & 1 == 1 ? 0xEDB8_8320 ^ (word >> 1) : word >> 1 }
        tables.append(word)
    }
    for index in 256..<(16 * 256) {
        let previous = tables[index - 256]
        tables.append((previous >> 8) ^ tables[Int(previous & 0xFF)])
    }
    return tables
}()
