// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the settings that keep a bound at the least cost.
package enum BestSettings {
    /// The place of the best figures; nil: none keeps the bound.
    ///
    /// Of those whose 99th percentile of the delays is within the bound: the lowest costs, then the fewest invocations, then
    /// the smallest delays, then the first.
    ///
    /// - Parameters:
    ///   - figures: What came out, and what it costs.
    ///   - bound: The bound.
    /// - Returns: The place.
    package static func index(
        of figures: [(figures: SimulationFigures, cost: CostEstimate)],
        within bound: Duration
    ) -> Int? {
        figures.indices
            .filter { Duration.milliseconds(figures[$0].figures.delays.percentile99) <= bound }
            .min { Self.order(figures[$0]) < Self.order(figures[$1]) }
    }

    private static func order(_ each: (figures: SimulationFigures, cost: CostEstimate)) -> (Double, Int, Int) {
        (each.cost.total, each.figures.invocations, each.figures.delays.percentile99)
    }
}
