// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What a fault does to a request besides letting it wait.
enum FaultAction: Hashable {
    /// It waited, and no more.
    case wait
    case error(DynamoDBError)
    case drop
    case dropAnswer
    /// A byte of the answer changes.
    case corrupt(random: UInt64)
    /// The writes at these places are left.
    case unprocessed(Set<Int>)
    case trim
    case split
}

/// The random numbers of one fault.
struct FaultDice {
    private var numbers: SplitMix64

    /// Creates numbers.
    ///
    /// - Parameters:
    ///   - seed: What all faults have in common.
    ///   - stream: What makes these different from those of the other faults.
    init(seed: UInt64, stream: UInt64) {
        self.numbers = SplitMix64(seed: seed &+ stream &* 0xd134_2543_de82_ef95)
    }

    /// Draws what a fault does to a request; nil if it does not meet it.
    mutating func action(_ fault: FaultSpecification, writes: Int) -> FaultAction? {
        if fault.kind == .unprocessed {
            let left = Set((0..<writes).filter { _ in self.isHit(fault.rate) })
            return left.isEmpty ? nil : .unprocessed(left)
        }
        guard self.isHit(fault.rate) else { return nil }
        switch fault.kind {
        case .error: return .error(fault.error)
        case .expireIterator:
            return .error(FaultSpecification(fault.operation, .error, code: .expiredIterator).error)
        case .drop: return .drop
        case .dropAnswer: return .dropAnswer
        case .corrupt: return .corrupt(random: self.numbers.next())
        case .trim: return .trim
        case .split: return .split
        case .latency, .unprocessed: return .wait
        }
    }

    private mutating func isHit(_ rate: Double) -> Bool {
        // 53 bits make an even number of 0..<1.
        Double(self.numbers.next() >> 11) * 0x1p-53 < rate
    }
}
