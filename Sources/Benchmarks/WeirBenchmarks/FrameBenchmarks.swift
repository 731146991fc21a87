// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Benchmark
import ConsumerEngine
import Dashboard
import TerminalCells

/// One frame of a session that has seen 20,000 records.
func declareFrameBenchmarks() {
    let size = ScreenSize(columns: 200, rows: 60)

    Benchmark("draw a frame of 200x60") { benchmark in
        let state = try await consumedState()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(render(state, theme: .dark, size: size))
        }
    }

    Benchmark("find what changed between two frames of 200x60") { benchmark in
        let state = try await consumedState()
        let dark = render(state, theme: .dark, size: size)
        var moved = state
        _ = moved.reduce(.key(.character("3")))
        let other = render(moved, theme: .dark, size: size)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(other.changes(since: dark))
        }
    }
}

private func consumedState() async throws -> DashboardState {
    let consumer = CannedStream(pages: 20).consumer()
    try await consumer.run()
    return DashboardState(session: consumer.session.state)
}
