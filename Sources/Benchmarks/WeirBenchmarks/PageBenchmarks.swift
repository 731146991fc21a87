// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Benchmark
import DynamoDBModel

/// What happens to a page of records between the network and the first delete.
func declarePageBenchmarks() {
    let page = StoryPage.encoded(records: 1000)
    let decode = WireOperation.getRecords.decodeOutput
    let encode = WireOperation.batchWriteItem.encodeInput

    Benchmark("decode a page of 1,000 records (\(page.count) bytes)") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(try decode(page))
        }
    }

    Benchmark("decode a page of 1,000 records and their keys") { benchmark in
        for _ in benchmark.scaledIterations {
            for record in try decode(page).records {
                blackHole(try record.keys.primaryKey(StoryPage.keyNames))
            }
        }
    }

    Benchmark("decode the images of 1,000 records") { benchmark in
        let records = try decode(page).records
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            for record in records { blackHole(try record.newImage?.decoded()) }
        }
    }

    Benchmark("encode deletes of 1,000 records in batches of 25") { benchmark in
        let keys = try decode(page).records.map { WriteRequest.deleteEncoded($0.keys) }
        let requests = stride(from: 0, to: keys.count, by: 25).map { start in
            BatchWriteItemRequest(
                requestItems: ["staging": Array(keys[start..<min(start + 25, keys.count)])],
                returnConsumedCapacity: .total
            )
        }
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            for request in requests { blackHole(encode(request)) }
        }
    }
}
