// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Knows which shards are gone for good, so that nothing of them can be delivered again.
///
/// A stream is listed when somebody asks about it, and not again for ten minutes.
actor TrimmedShards {
    /// How long a listing is taken for good.
    static let listingLife: Duration = .seconds(600)
    /// How long records stay in a stream.
    ///
    /// - Source: DynamoDB developer guide, DynamoDB Streams, "24-hour retention".
    static let retention: Duration = .seconds(24 * 3600)

    private struct Listing {
        var at: Timestamp
        /// Nil: the stream could not be listed, so nothing is known.
        var shards: Set<ShardID>?
    }

    private let api: any DynamoDBStreamsAPI
    private let clock: any SessionClock
    private var listings: [StreamARN: Listing] = [:]

    init(api: any DynamoDBStreamsAPI, clock: any SessionClock) {
        self.api = api
        self.clock = clock
    }

    /// Which of these marks belong to shards that are gone.
    ///
    /// - Parameters:
    ///   - marks: Marks of shards that began at least ``retention`` ago: a newer one may not be listed yet.
    ///   - streams: The streams by their tags; marks of unknown ones are kept.
    /// - Returns: Those that nobody needs any more.
    func gone(_ marks: [SequenceMark], of streams: [String: StreamARN]) async -> [SequenceMark] {
        var gone: [SequenceMark] = []
        for mark in marks {
            guard let stream = streams[mark.stream], let shards = await self.shards(of: stream) else { continue }
            if !shards.contains(mark.shard) { gone.append(mark) }
        }
        return gone
    }

    private func shards(of stream: StreamARN) async -> Set<ShardID>? {
        let now = self.clock.now
        if let known = self.listings[stream], now.since(known.at) < Self.listingLife { return known.shards }
        // Whoever asks meanwhile gets no answer instead of another listing.
        self.listings[stream] = Listing(at: now, shards: nil)
        let shards = await self.list(stream)
        self.listings[stream] = Listing(at: now, shards: shards)
        return shards
    }

    private func list(_ stream: StreamARN) async -> Set<ShardID>? {
        var shards: Set<ShardID> = []
        var after: ShardID?
        repeat {
            do throws(DynamoDBError) {
                let page = try await self.api.describeStream(
                    DescribeStreamRequest(arn: stream, exclusiveStartShardID: after)
                )
                shards.formUnion(page.shards.map(\.id))
                after = page.lastEvaluatedShardID
            } catch {
                // A stream that does not exist any more has no shards.
                return error.code == .resourceNotFound ? [] : nil
            }
        } while after != nil
        return shards
    }
}
