// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// Prints what comes.
struct PrintingHandler: RecordHandler {
    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        for record in batch.records {
            print(record.kind.rawValue, try record.keys.decoded())
        }
        return .done  // The position moves behind the batch. After an error the batch comes again.
    }
}

/// Hands a stream to a handler, and returns when nothing came for five seconds.
func consume(
    _ arn: StreamARN,
    from api: any DynamoDBStreamsAPI,
    with handler: any RecordHandler = PrintingHandler(),
    clock: any SessionClock = SystemClock()
) async throws {
    let stream = try await api.describeStream(DescribeStreamRequest(arn: arn))
    let configuration = ConsumerConfiguration(streamARN: arn, startingPosition: .trimHorizon, untilIdle: .seconds(5))
    let consumer = StreamConsumer(
        configuration: configuration,
        description: configuration.description(of: stream, handler: "print", handlerWrites: false),
        api: api,
        checkpoints: InMemoryCheckpointStore(),
        handler: handler,
        clock: clock
    )
    try await consumer.run()
}
