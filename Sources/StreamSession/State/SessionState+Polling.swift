// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionState {
    // Four calls a second and shard do not fall into seconds evenly.
    private static var pollSeconds: Int { 10 }

    /// GetRecords calls a second that were answered, over the newest ten complete seconds; nil before the first one.
    public var pollsPerSecond: Double? {
        guard let now = self.asOf else { return nil }
        let running = now.milliseconds / 1000
        let complete = self.seconds.suffix(Self.pollSeconds + 1).filter { $0.isSampled && $0.second < running }
            .suffix(Self.pollSeconds)
        guard !complete.isEmpty else { return nil }
        return Double(complete.reduce(0) { $0 + $1.reads }) / Double(complete.count)
    }
}
