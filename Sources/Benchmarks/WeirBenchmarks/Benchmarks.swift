// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Benchmark

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .throughput],
        maxDuration: .seconds(3),
        maxIterations: 10_000
    )
    declarePageBenchmarks()
    declareEngineBenchmarks()
    declareFrameBenchmarks()
    declareWhatIfBenchmarks()
}
