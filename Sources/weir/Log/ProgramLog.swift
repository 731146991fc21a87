// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DemoPipeline
import Logging
import RecordHandlers

/// The program's log: nothing is written unless a place is named.
struct ProgramLog: Sendable {
    private let output: LineOutput?
    private let format: LogFormat
    private let levels: LogLevels
    private let tracesRecords: Bool
    private let showsValues: Bool
    private let time: @Sendable () -> String

    /// Opens the place that the options name.
    ///
    /// - Parameters:
    ///   - arguments: The options.
    ///   - trace: Whether records are written, too; nil: they are not.
    ///   - time: The text of the current time.
    /// - Throws: ``ProgramFailure`` if it cannot be opened.
    init(_ arguments: LogArguments, trace: TraceArguments?, time: @escaping @Sendable () -> String) throws {
        switch arguments.logFile {
        case nil: self.output = nil
        case LogArguments.standardError?: self.output = .standardError()
        case let path?: self.output = try .privateFile(path)
        }
        self.format = arguments.logFormat
        self.levels = arguments.logLevel
        self.tracesRecords = trace?.tracesRecords == true
        self.showsValues = trace?.showsValues == true
        self.time = time
    }

    /// A log without a place.
    static let silent = ProgramLog(output: nil, levels: LogLevels(.critical)) { "" }

    /// The log of a program that has no place for one: errors go to standard error.
    static func errorsAlone(time: @escaping @Sendable () -> String) -> ProgramLog {
        ProgramLog(output: .standardError(), levels: LogLevels(.error), time: time)
    }

    private init(output: LineOutput?, levels: LogLevels, time: @escaping @Sendable () -> String) {
        self.output = output
        self.format = .text
        self.levels = levels
        self.tracesRecords = false
        self.showsValues = false
        self.time = time
    }

    /// Whether lines go to a terminal, where they would run into whatever is shown there.
    var isOnTerminal: Bool { self.output?.isTerminal == true }

    /// The logger of a component; silent without a place.
    func logger(_ component: LogComponent) -> Logger {
        self.logger(component, level: self.levels[component])
    }

    /// The loggers of a pipeline on this machine.
    var demoLoggers: DemoLoggers {
        DemoLoggers(
            endpoint: self.logger(.endpoint),
            client: self.logger(.client),
            engine: self.logger(.engine)
        )
    }

    /// A handler that traces records if that was asked for, and hands them on.
    func tracing(_ handler: any RecordHandler) -> any RecordHandler {
        guard self.tracesRecords else { return handler }
        return RecordTracingHandler(
            // Who asks for records gets them, whatever else is written.
            logger: self.logger(.handler, level: .trace),
            showsValues: self.showsValues,
            inner: handler
        )
    }

    private func logger(_ component: LogComponent, level: Logger.Level) -> Logger {
        guard let output else { return Logger(label: component.rawValue) { _ in SwiftLogNoOpLogHandler() } }
        return Logger(label: component.rawValue) { [format, time] _ in
            LineLogHandler(component: component, format: format, output: output, level: level, time: time)
        }
    }
}
