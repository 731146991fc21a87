// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
import DynamoDBModel
import Synchronization

/// UUIDs as text: random ones from a seed, and one that always stands for the same pipeline.
package final class UUIDSource: Sendable {
    private let generator: Mutex<SplitMix64>

    /// Creates a source.
    package init(seed: UInt64) {
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    /// The next random UUID (version 4).
    package func next() -> String {
        let (high, low) = self.generator.withLock { ($0.next(), $0.next()) }
        return Self.text(UInt128(high) << 64 | UInt128(low), version: 4)
    }

    /// The UUID of a pipeline: the same for the same stream, name and handler, on every machine.
    ///
    /// Version 8: the FNV-1a hash, of 128 bits, of the three, each with a zero byte behind it.
    package static func pipeline(_ identity: CheckpointIdentity) -> String {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for text in [identity.streamARN.text, identity.pipeline, identity.handler] {
            for byte in Array(text.utf8) + [0] {
                hash ^= UInt128(byte)
                hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013b
            }
        }
        return Self.text(hash, version: 8)
    }

    private static func text(_ bits: UInt128, version: UInt128) -> String {
        let free: UInt128 = ~((0xF << 76) | (0x3 << 62))
        let variant: UInt128 = 0x2 << 62
        let marked = (bits & free) | (version << 76) | variant
        let digits = String(marked, radix: 16)
        let padded = String(repeating: "0", count: 32 - digits.count) + digits
        var rest = padded[...]
        return [8, 4, 4, 4, 12].map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }.joined(separator: "-")
    }
}
