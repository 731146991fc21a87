// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Writes the log of one component as lines.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let component: LogComponent
    private let format: LogFormat
    private let output: LineOutput
    private let time: @Sendable () -> String

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - component: The part of the program whose log it is.
    ///   - format: How lines are written.
    ///   - output: Where lines go.
    ///   - level: The least weighty level that is written.
    ///   - time: The text of the current time.
    init(
        component: LogComponent,
        format: LogFormat,
        output: LineOutput,
        level: Logger.Level,
        time: @escaping @Sendable () -> String
    ) {
        self.component = component
        self.format = format
        self.output = output
        self.logLevel = level
        self.time = time
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    /// Writes one line.
    func log(event: LogEvent) {
        var facts = self.metadata
        if let provided = self.metadataProvider?.get() { facts.merge(provided) { $1 } }
        if let own = event.metadata { facts.merge(own) { $1 } }
        if let error = event.error { facts["error"] = "\(error)" }
        let line = LogLine(
            time: self.time(),
            level: event.level,
            component: self.component,
            message: event.message.description,
            metadata: facts
        )
        self.output.json(line.bytes(self.format))
    }
}
