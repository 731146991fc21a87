// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import SessionRecording
import Simulation
import StreamSession

/// Reads a recording and runs what it holds with all settings.
struct WhatIfRun {
    let file: String
    let grid: SettingsGrid
    let handlerTime: ArrivalSimulation.HandlerTime
    let latencyBound: Duration?
    let errors: LineOutput

    /// Runs.
    ///
    /// - Throws: `RecordingError`; ``ProgramFailure`` if the session cannot be run so.
    func run() async throws -> WhatIfReport {
        do {
            let arrivals = try self.arrivals()
            let settings = self.grid.settings(of: arrivals)
            let simulation = ArrivalSimulation(arrivals, handlerTime: self.handlerTime)
            let figures = try await simulation.run(settings, atOnce: ProcessInfo.processInfo.activeProcessorCount)
            return WhatIfReport(
                file: self.file,
                arrivals: arrivals,
                settings: settings,
                figures: figures,
                latencyBound: self.latencyBound
            )
        } catch let error as SimulationError {
            throw self.failure(error)
        }
    }

    private func arrivals() throws -> RecordedArrivals {
        let reader = try RecordingReader(path: self.file)
        let extent = try reader.extent()
        let opening = try extent.first.flatMap { try reader.keyframe(notAfter: .time($0)) }
        var collector = ArrivalCollector(opening: opening)
        try reader.forEachEvent(of: ArrivalCollector.kinds) { collector.add($0) }
        let arrivals = try collector.arrivals(end: extent.last)
        if arrivals.missingEvents > 0 {
            self.errors.line(
                "weir: warning: the recording could not follow its session: "
                    + "\(RunSummary.count(arrivals.missingEvents, "event")) are missing, and what arrived with them."
            )
        }
        if reader.header.redaction == .values {
            self.errors.line(
                "weir: warning: values were left out of the recording, keys maybe, too: keys that look alike count as one."
            )
        }
        return arrivals
    }

    private func failure(_ error: SimulationError) -> ProgramFailure {
        switch error.code {
        case .noArrivals, .noDescription, .settings, .tooLong:
            ProgramFailure(status: ExitStatus.usage, message: "\(self.file): \(error)")
        case .tumblingWindows:
            ProgramFailure(status: ExitStatus.usage, message: "--parallelization-factor: \(error)")
        case .nothingMeasured:
            ProgramFailure(
                status: ExitStatus.usage,
                message: "--handler-time measured: \(error) Give a time of each batch, such as --handler-time 50ms."
            )
        case .undeliverable: ProgramFailure(status: ExitStatus.damaged, message: "\(self.file): \(error)")
        case .stuck: ProgramFailure(status: ExitStatus.failure, message: error.description)
        }
    }
}
