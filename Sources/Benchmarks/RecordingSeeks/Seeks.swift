// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession

/// Jumps to random moments of a recording, as a viewer does, and prints how long that takes.
///
/// Arguments: the recording, the number of jumps (default 200), a seed (default 7). Prints one JSON object; a jump is from the command to the
/// whole state of that moment.
@main
enum Seeks {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            print("usage: RecordingSeeks FILE [JUMPS [SEED]]")
            return
        }
        let count = arguments.count > 2 ? max(1, Int(arguments[2]) ?? 200) : 200
        var random = SplitMix64(seed: arguments.count > 3 ? UInt64(arguments[3]) ?? 7 : 7)
        let clock = SystemClock()
        let opening = clock.now
        let player = try SessionPlayer(path: arguments[1], clock: clock)
        let opened = clock.now.since(opening)
        var times: [Duration] = []
        var records = 0
        for _ in 0..<count {
            let share = Double.random(in: 0...1, using: &random)
            let before = clock.now
            try await player.perform(.playback(.seekShare(share)))
            records = max(records, await player.state.totals.polled)
            times.append(clock.now.since(before))
        }
        times.sort()
        func milliseconds(_ share: Double) -> Int64 {
            times[min(count - 1, Int(Double(count) * share))].wholeMilliseconds
        }
        print(
            """
            {"jumps":\(count),"records":\(records),"open_ms":\(opened.wholeMilliseconds),"p50_ms":\(milliseconds(0.5)),\
            "p99_ms":\(milliseconds(0.99)),"max_ms":\(milliseconds(1))}
            """
        )
    }
}
