// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
import Synchronization

/// A log that keeps what is written, to be looked at by a test.
package final class RecordedLog: Sendable {
    /// One entry.
    package struct Entry: Sendable {
        package var level: Logger.Level
        package var message: String
        package var metadata: Logger.Metadata

        /// A fact as text.
        package subscript(name: String) -> String? { self.metadata[name].map { "\($0)" } }

        /// Message and metadata as one text.
        package var text: String { "\(self.message) \(self.metadata)" }
    }

    private let state = Mutex<[Entry]>([])

    /// Creates an empty log.
    package init() {}

    /// What was written so far.
    package var entries: [Entry] { self.state.withLock { $0 } }

    /// A logger that writes here.
    package func logger(level: Logger.Level = .trace) -> Logger {
        Logger(label: "recorded") { _ in Handler(log: self, logLevel: level) }
    }

    private func add(_ entry: Entry) {
        self.state.withLock { $0.append(entry) }
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel: Logger.Level
        var metadata: Logger.Metadata = [:]

        init(log: RecordedLog, logLevel: Logger.Level) {
            self.log = log
            self.logLevel = logLevel
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let facts = self.metadata.merging(event.metadata ?? [:]) { $1 }
            self.log.add(Entry(level: event.level, message: event.message.description, metadata: facts))
        }
    }
}
