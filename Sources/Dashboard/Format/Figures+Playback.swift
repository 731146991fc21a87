// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension Figures {
    /// A speed: `4x`, `0.25x`.
    static func speed(_ speed: Double) -> String {
        guard speed.isFinite, speed < 1000 else { return "?x" }
        return speed == speed.rounded() ? "\(Int(speed))x" : "\(speed)x"
    }

    /// Time on a timeline: `00:12:31`, with tenths `00:12:31.4`.
    static func playTime(_ duration: Duration, tenths: Bool = false) -> String {
        let milliseconds = max(0, duration.wholeMilliseconds)
        let seconds = milliseconds / 1000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return tenths ? "\(text).\(milliseconds % 1000 / 100)" : text
    }
}
