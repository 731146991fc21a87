// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Simulation

/// What came out of a session with several settings.
struct WhatIfReport {
    /// Settings and what came of them.
    struct Row {
        var settings: SimulationSettings
        var figures: SimulationFigures
        var cost: CostEstimate
        /// Whether these are the settings of the session itself.
        var isRecorded: Bool
        /// Whether they keep the bound at the least cost.
        var isBest: Bool
    }

    /// The recording.
    var file: String
    /// The session.
    var records: Int
    /// Its shards that had records.
    var shards: Int
    /// How long it took.
    var duration: Duration
    /// The batches that it had.
    var batches: Int
    /// Its settings.
    var recorded: SimulationSettings
    /// What 99 of 100 records have to be done within; nil: nobody has said.
    var latencyBound: Duration?
    /// The rows, in the order in which settings were given.
    var rows: [Row]

    /// Whether all rows delete, none does, or some do.
    var hasDeletes: Bool { self.rows.contains { $0.settings.deleteMode != nil } }

    /// Reckons the costs, and finds the best settings.
    init(
        file: String,
        arrivals: RecordedArrivals,
        settings: [SimulationSettings],
        figures: [SimulationFigures],
        latencyBound: Duration?
    ) {
        let duration = arrivals.duration
        let recorded = SimulationSettings(of: arrivals)
        let costs = figures.map { (figures: $0, cost: CostEstimate($0, over: duration)) }
        let best = latencyBound.flatMap { BestSettings.index(of: costs, within: $0) }
        self.file = file
        self.records = arrivals.count
        self.shards = arrivals.shards.count { !$0.records.isEmpty }
        self.duration = duration
        self.batches = arrivals.batches
        self.recorded = recorded
        self.latencyBound = latencyBound
        self.rows = settings.indices.map { index in
            Row(
                settings: settings[index],
                figures: figures[index],
                cost: costs[index].cost,
                isRecorded: settings[index] == recorded,
                isBest: index == best
            )
        }
    }
}
