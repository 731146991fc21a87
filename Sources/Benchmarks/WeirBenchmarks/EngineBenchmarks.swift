// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Benchmark
import ConsumerEngine

/// What the engine costs: pages decoded, batches of 100 formed, handed over and checkpointed, everything published.
func declareEngineBenchmarks() {
    Benchmark(
        "consume 20,000 records",
        configuration: Benchmark.Configuration(metrics: [.wallClock, .throughput], maxDuration: .seconds(5))
    ) { benchmark in
        let stream = CannedStream(pages: 20)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            try await stream.consumer().run()
        }
    }
}
