// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport

@testable import Simulation

/// Arrivals that a test makes up.
enum MadeArrivals {
    static let beginning = Timestamp(seconds: 1_700_000_000)

    static func description(
        batchSize: Int = 100,
        batchWindow: Duration = .zero,
        handler: String = "delete from Staging (batch)",
        mapping: MappingSettings = MappingSettings()
    ) -> SessionDescription {
        SessionDescription(
            pipeline: "default",
            streamARN: ScriptedService.streamARN,
            tableName: ScriptedService.table,
            viewType: .newAndOldImages,
            keyNames: ScriptedService.keyNames,
            region: "us-east-1",
            handler: handler,
            handlerWrites: true,
            startingPosition: "TRIM_HORIZON",
            batchSize: batchSize,
            batchWindow: batchWindow,
            eventNames: [],
            mapping: mapping,
            toolVersion: "test"
        )
    }

    /// A shard whose records arrive at these milliseconds behind the beginning.
    static func shard(
        _ number: Int,
        at times: some Sequence<Int>,
        parent: Int? = nil,
        closedAt: Int? = nil,
        size: Int = 100,
        units: Float = 1,
        key: (Int) -> String = { "k\($0)" }
    ) -> RecordedArrivals.Shard {
        var records: [StreamRecord] = []
        for (index, time) in times.enumerated() {
            var record = ScriptedService.record(key(index), sequence: 100 + index, event: number * 10_000_000 + index)
            record.createdAt = Self.time(time)
            record.size = ByteCount(size)
            records.append(record)
        }
        return RecordedArrivals.Shard(
            id: ScriptedService.shard(number),
            parent: parent.map { ScriptedService.shard($0) },
            listedAt: Self.beginning,
            closedAt: closedAt.map { Self.time($0) },
            records: records,
            units: records.map { _ in units }
        )
    }

    static func arrivals(
        _ shards: [RecordedArrivals.Shard],
        description: SessionDescription = MadeArrivals.description(),
        requestTime: Duration = .milliseconds(8),
        readTime: Duration = .zero,
        seconds: Int64 = 60
    ) -> RecordedArrivals {
        var work = RecordedWork()
        work.add(Self.outcome(records: 25, time: requestTime, requests: 1))
        return RecordedArrivals(
            description: description,
            beginning: Self.beginning,
            end: Self.beginning.advanced(by: .seconds(seconds)),
            shards: shards,
            work: work,
            readTime: readTime,
            batches: 1,
            missingEvents: 0
        )
    }

    static func outcome(
        records: Int,
        time: Duration,
        requests: Int = 0,
        operation: String = "BatchWriteItem",
        result: BatchOutcome.Result = .succeeded
    ) -> BatchOutcome {
        BatchOutcome(
            id: BatchID(1),
            shard: ScriptedService.shard(1),
            records: records,
            result: result,
            attempts: 1,
            handlerTime: time,
            work: HandlerWork(requests: requests > 0 ? [operation: requests] : [:], itemsDeleted: records),
            iteratorAge: .zero
        )
    }

    static func time(_ milliseconds: Int) -> Timestamp {
        Self.beginning.advanced(by: .milliseconds(milliseconds))
    }
}
