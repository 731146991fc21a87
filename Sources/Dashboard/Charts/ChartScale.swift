// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The upper end of a chart's axis: 1, 2 or 5 times a power of ten.
///
/// It goes up at once and down only after ten seconds below half, so that the picture does not breathe; a peak that leaves
/// the screen after as long takes its axis with it.
package struct ChartScale: Hashable, Sendable {
    /// Seconds below half after which the axis shrinks.
    package static let patience = 10

    /// The upper end.
    package private(set) var top: Double
    private let floor: Double
    private var secondsBelowHalf = 0

    /// Creates the scale of an empty chart; `floor` is the smallest upper end.
    package init(floor: Double = 1) {
        self.floor = floor
        self.top = floor
    }

    /// Takes in one second.
    ///
    /// - Parameters:
    ///   - newest: The value of that second.
    ///   - largest: The largest value that is on the screen at that second; nil: the newest.
    package mutating func take(_ newest: Double, largest: Double? = nil) {
        let largest = largest ?? newest
        if largest > self.top {
            self.top = Self.step(atLeast: largest)
            self.secondsBelowHalf = 0
        } else if newest < self.top / 2 {
            self.secondsBelowHalf += 1
            guard self.secondsBelowHalf >= Self.patience, largest < self.top / 2 else { return }
            self.top = max(self.floor, Self.step(atLeast: largest))
            self.secondsBelowHalf = 0
        } else {
            self.secondsBelowHalf = 0
        }
    }

    /// The smallest of 1, 2, 5 x 10^n that is not below a value.
    package static func step(atLeast value: Double) -> Double {
        guard value > 0, value.isFinite else { return 1 }
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        while power > value, power > 1e-9 { power /= 10 }
        for factor in [1.0, 2, 5] where power * factor >= value { return power * factor }
        return power * 10
    }

    /// The upper end of the axis for the newest of these values, seen through a window.
    package static func top(of values: [Double?], window: Int, floor: Double = 1) -> Double {
        var scale = ChartScale(floor: floor)
        // Places of candidates for the largest value of the window, largest first.
        var candidates: [Int] = []
        var head = 0
        for index in values.indices {
            let value = values[index] ?? 0
            while candidates.count > head, let last = candidates.last, (values[last] ?? 0) <= value {
                candidates.removeLast()
            }
            candidates.append(index)
            if candidates[head] <= index - window { head += 1 }
            scale.take(value, largest: values[candidates[head]] ?? 0)
        }
        return scale.top
    }
}
