// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Logging
import StreamSession

/// A stream of one closed shard, whose pages are answered from memory as bytes that have to be decoded.
struct CannedStream: DynamoDBStreamsAPI {
    static let arn = StreamARN("arn:aws:dynamodb:eu-west-1:000000000000:table/staging/stream/2026-01-01T00:00:00.000")

    private let pages: [[UInt8]]

    init(pages: Int) {
        self.pages = (0..<pages).map { number in
            let records = (0..<1000).map { StoryPage.record(number * 1000 + $0) }
            let next = number + 1 < pages ? ShardIterator(String(number + 1)) : nil
            return WireOperation.getRecords.encodeOutput(RecordPage(records: records, next: next))
        }
    }

    func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        StreamList(streams: [])
    }

    func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        let range = SequenceRange(
            start: StoryPage.sequenceNumber(0),
            end: StoryPage.sequenceNumber(self.pages.count * 1000)
        )
        return StreamDescription(
            arn: Self.arn,
            label: "2026-01-01T00:00:00.000",
            tableName: "staging",
            status: .disabled,
            viewType: .newImage,
            keyNames: StoryPage.keyNames,
            shards: [ShardDescription(id: ShardID("shardId-00000001767225600000-0a1b2c3d"), range: range)]
        )
    }

    func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        ShardIterator("0")
    }

    func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        guard let number = Int(iterator.text), self.pages.indices.contains(number) else {
            throw DynamoDBError(.validation, "no such iterator")
        }
        return try WireOperation.getRecords.decodeOutput(self.pages[number])
    }

    /// A consumer that reads everything, does nothing with it, and ends.
    func consumer() -> StreamConsumer {
        var configuration = ConsumerConfiguration(streamARN: Self.arn)
        configuration.startingPosition = .trimHorizon
        configuration.endsWithShards = true
        return StreamConsumer(
            configuration: configuration,
            description: SessionDescription(
                pipeline: "benchmark",
                streamARN: Self.arn,
                tableName: "staging",
                viewType: .newImage,
                keyNames: StoryPage.keyNames,
                region: "eu-west-1",
                handler: "nothing",
                handlerWrites: false,
                startingPosition: "TRIM_HORIZON",
                batchSize: 100,
                batchWindow: .zero,
                eventNames: [],
                toolVersion: "benchmark"
            ),
            api: self,
            checkpoints: InMemoryCheckpointStore(),
            handler: NothingHandler(),
            clock: SystemClock(),
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}

/// Finds every batch done.
struct NothingHandler: RecordHandler {
    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        .done
    }
}
