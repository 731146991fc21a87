// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CCompression

/// The checksum of a row: the CRC-32C of all its other columns in their order.
///
/// Each column but the last is followed by a zero byte, numbers are decimal digits, and NULL is nothing. So a row whose
/// number, time or batch has changed does not pass for another one.
struct RowChecksum {
    private(set) var value: UInt32 = 0

    /// Goes on with a column that is not the last.
    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { self.value = weir_crc32c(self.value, $0.baseAddress, $0.count) }
        [0].withUnsafeBufferPointer { self.value = weir_crc32c(self.value, $0.baseAddress, 1) }
    }

    /// Goes on with a number, or with NULL.
    mutating func add(_ number: (some BinaryInteger)?) {
        self.add(number.map { String($0) } ?? "")
    }

    /// The checksum with the last column.
    consuming func finished(with bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { weir_crc32c(self.value, $0.baseAddress, $0.count) }
    }
}
