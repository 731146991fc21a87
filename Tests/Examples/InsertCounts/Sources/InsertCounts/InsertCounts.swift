// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import StreamSession

/// Prints how many items were created for each value of an attribute.
@main
enum InsertCounts {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard let attribute = arguments.first, let path = arguments.dropFirst().first, arguments.count == 2 else {
            Self.fail("usage: InsertCounts ATTRIBUTE FILE, where FILE is what weir run --records-out has written", 2)
        }
        do {
            let file = try RecordFile(try Data(contentsOf: URL(fileURLWithPath: path)))
            let counts = try await Self.count(by: attribute, in: RecordFile.arn, of: file)
            for (value, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                print("\(count)\t\(value)")
            }
        } catch {
            Self.fail("\(path): \(error)", 1)
        }
    }

    /// Runs a consumer over a stream until all of its shards are read to their end.
    ///
    /// - Parameters:
    ///   - attribute: The attribute by whose values is counted.
    ///   - arn: The stream.
    ///   - source: Who has it: a file, or a service.
    /// - Returns: The numbers by value.
    /// - Throws: `ConsumerError`, or what the source says.
    static func count(
        by attribute: String,
        in arn: StreamARN,
        of source: any DynamoDBStreamsAPI
    ) async throws -> [String: Int] {
        let counter = InsertCounter(by: attribute)
        let configuration = ConsumerConfiguration(
            streamARN: arn,
            startingPosition: .trimHorizon,
            batchSize: 1000,
            maximumRetryAttempts: 2,
            filters: try FilterCriteria(compiling: [#"{"eventName":["INSERT"]}"#]),
            endsWithShards: true
        )
        let stream = try await source.describeStream(DescribeStreamRequest(arn: arn))
        let consumer = StreamConsumer(
            configuration: configuration,
            description: configuration.description(of: stream, handler: "insert-counts", handlerWrites: false),
            api: source,
            checkpoints: InMemoryCheckpointStore(),
            handler: counter,
            clock: SystemClock()
        )
        try await consumer.run()
        return counter.counts
    }

    private static func fail(_ message: String, _ status: Int32) -> Never {
        FileHandle.standardError.write(Data("InsertCounts: \(message)\n".utf8))
        exit(status)
    }
}
