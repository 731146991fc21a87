// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

@Suite struct ChecksumTests {
    @Test(
        arguments: [
            ("", 0), (#"{"Streams":[]}"#, 1_490_112_021), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43),
            ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
        ] as [(String, UInt32)]
    )
    func knownTextsHaveTheirChecksum(text: String, checksum: UInt32) {
        #expect(Checksum.crc32(Array(text.utf8)) == checksum)
    }

    @Test func everyLengthAgreesWithTheDefinition() {
        var bytes: [UInt8] = []
        for length in 0..<200 {
            var crc: UInt32 = 0xFFFF_FFFF
            for byte in bytes {
                crc ^= UInt32(byte)
                for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
            }
            #expect(Checksum.crc32(bytes) == ~crc)
            bytes.append(UInt8(truncatingIfNeeded: length &* 167 &+ 13))
        }
    }
}
