// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import RecordHandlers

/// The values that are combined with each other, each with each.
package struct SettingsGrid: Hashable, Sendable {
    /// Combinations that are run at the most.
    package static let limit = 100

    /// Batch sizes; empty, as any of the others: that of the session.
    package var batchSizes: [Int]
    /// Batch windows.
    package var batchWindows: [Duration]
    /// Parallelization factors.
    package var parallelizationFactors: [Int]
    /// Delete modes.
    package var deleteModes: [DeleteMode]

    /// Creates a grid.
    package init(
        batchSizes: [Int] = [],
        batchWindows: [Duration] = [],
        parallelizationFactors: [Int] = [],
        deleteModes: [DeleteMode] = []
    ) {
        self.batchSizes = batchSizes
        self.batchWindows = batchWindows
        self.parallelizationFactors = parallelizationFactors
        self.deleteModes = deleteModes
    }

    /// How many combinations there are.
    package var count: Int {
        [
            self.batchSizes.count, self.batchWindows.count, self.parallelizationFactors.count, self.deleteModes.count,
        ].reduce(1) { $0.multipliedReportingOverflow(by: max(1, $1)).partialValue }
    }

    /// All combinations, the last value changing first; what is not given is as in the session.
    package func settings(of arrivals: RecordedArrivals) -> [SimulationSettings] {
        let recorded = SimulationSettings(of: arrivals)
        var all: [SimulationSettings] = []
        for batchSize in self.batchSizes.isEmpty ? [recorded.batchSize] : self.batchSizes {
            for window in self.batchWindows.isEmpty ? [recorded.batchWindow] : self.batchWindows {
                for factor in self.parallelizationFactors.isEmpty
                    ? [recorded.parallelizationFactor] : self.parallelizationFactors
                {
                    for mode in self.deleteModes.isEmpty ? [recorded.deleteMode] : self.deleteModes.map(Optional.some) {
                        all.append(
                            SimulationSettings(
                                batchSize: batchSize,
                                batchWindow: window,
                                parallelizationFactor: factor,
                                deleteMode: mode
                            )
                        )
                    }
                }
            }
        }
        return all
    }
}
