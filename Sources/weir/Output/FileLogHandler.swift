// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Logging

/// A log of lines in a file: time, level, message and metadata.
struct FileLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let output: LineOutput
    private let time: @Sendable () -> String

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - output: Where lines go.
    ///   - level: The least weighty level that is written.
    ///   - time: The text of the current time.
    init(output: LineOutput, level: Logger.Level, time: @escaping @Sendable () -> String) {
        self.output = output
        self.logLevel = level
        self.time = time
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    /// Writes one line; line breaks within become blanks.
    func log(event: LogEvent) {
        let merged = self.metadata.merging(event.metadata ?? [:]) { $1 }
        let pairs = merged.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let text = "\(self.time()) \(event.level.rawValue) \(event.message)\(pairs)"
        self.output.line(String(text.map { $0.isNewline ? " " : $0 }))
    }
}
