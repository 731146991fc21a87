// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a month costs that goes on like the session, in US dollars: an estimate.
package struct CostEstimate: Hashable, Sendable {
    /// Writes of the handler.
    package var writes: Double
    /// Invocations of a function.
    package var invocations: Double
    /// The time of a function.
    package var functionTime: Double
    /// Reads of the stream by a consumer like this one: no part of ``total``, as those of Lambda are free.
    package var reads: Double

    /// An event source mapping with a function: writes, invocations and their time.
    package var total: Double { self.writes + self.invocations + self.functionTime }

    /// The costs of a simulation.
    ///
    /// - Parameters:
    ///   - figures: What came out.
    ///   - duration: How long the session took.
    ///   - prices: What things cost.
    package init(_ figures: SimulationFigures, over duration: Duration, prices: PriceList = PriceList()) {
        let times = PriceList.month / duration
        self.writes = figures.writeUnits / 1e6 * prices.millionWriteUnits * times
        self.invocations = Double(figures.invocations) / 1e6 * prices.millionInvocations * times
        let seconds = figures.handlerTime / .seconds(1)
        self.functionTime = seconds * prices.functionGigabytes * prices.gigabyteSecond * times
        self.reads = Double(figures.reads) / 1e5 * prices.hundredThousandReads * times
    }
}
