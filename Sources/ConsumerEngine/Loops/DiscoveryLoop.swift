// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Lists the stream's shards, again and again.
struct DiscoveryLoop: Sendable {
    let streamARN: StreamARN
    let api: any DynamoDBStreamsAPI
    let core: ConsumerCore
    let wakeup: Wakeup

    /// Runs until the task is cancelled or the stream cannot be described.
    func run() async throws {
        try await self.core.listening { try await self.discover() }
    }

    private func discover() async throws {
        while true {
            try Task.checkCancellation()
            do throws(DynamoDBError) {
                let stream = try await self.list()
                let pause = self.core.update { machine, now in
                    machine.listed(stream.shards, status: stream.status, serviceTime: stream.serviceTime, now: now)
                }
                await self.pause(atMost: pause)
            } catch {
                try Task.checkCancellation()
                switch self.core.update({ machine, now in machine.listingFailed(error, now: now) }) {
                case .pause(let duration): try await self.core.clock.sleep(for: duration)
                case .fail(let error):
                    self.core.update { machine, _ in machine.end(.failed(error)) }
                    throw error
                }
            }
        }
    }

    // A cancelled pause is seen at the top of the loop.
    private func pause(atMost duration: Duration) async {
        try? await self.wakeup.wait(atMost: duration, clock: self.core.clock)
    }

    /// The last page, with the shards of all.
    private func list() async throws(DynamoDBError) -> StreamDescription {
        var shards: [ShardDescription] = []
        var request = DescribeStreamRequest(arn: self.streamARN)
        var seen: Set<ShardID> = []
        while true {
            var page = try await self.api.describeStream(request)
            shards += page.shards
            // A service that goes round in circles must not keep us here.
            guard let last = page.lastEvaluatedShardID, seen.insert(last).inserted else {
                page.shards = shards
                return page
            }
            request.exclusiveStartShardID = last
        }
    }
}
