// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Testing

@Suite struct BoundedRingTests {
    @Test(arguments: 1...7)
    func keepsTheNewestInOrderWhateverIsDroppedInBetween(limit: Int) {
        var random = SplitMix(seed: UInt64(limit))
        var ring = BoundedRing<Int>(limit: limit)
        var model: [Int] = []
        var dropped = 0
        for step in 0..<500 {
            if random.next() % 4 == 0 {
                let expected = model.isEmpty ? nil : model.removeFirst()
                dropped += expected == nil ? 0 : 1
                #expect(ring.dropOldest() == expected)
            } else {
                let expected = model.count == limit ? model.removeFirst() : nil
                dropped += expected == nil ? 0 : 1
                model.append(step)
                #expect(ring.append(step) == expected)
            }
            #expect(Array(ring) == model)
            #expect(ring.droppedCount == dropped)
        }
    }

    @Test func equalityLooksAtElementsAndNotAtTheirPlaceInMemory() {
        var turned = BoundedRing<Int>(limit: 2)
        turned.append(1)
        turned.append(2)
        turned.append(3)
        var straight = BoundedRing<Int>(limit: 2)
        straight.append(1)
        straight.dropOldest()
        straight.append(2)
        straight.append(3)
        #expect(turned == straight)
        straight[0] = 7
        #expect(turned != straight)
    }
}

/// A small seeded generator, so that a failing run can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
