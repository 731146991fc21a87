// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a failed attempt means: the settings of §2.5 and §2.6 of Lambda's event source mapping.
package struct AttemptRules: Hashable, Sendable {
    /// How long a stream keeps its records.
    ///
    /// Source: DynamoDB Streams, data retention.
    package static let retention = Duration.seconds(86_400)

    /// Attempts after the first one; nil: as many as it takes.
    package let maximumRetryAttempts: Int?
    /// Records older than this are given up before an attempt; nil: only once they have left the stream.
    package let maximumRecordAge: Duration?
    /// Whether a failed batch of several records is cut into halves.
    package let bisects: Bool

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - maximumRetryAttempts: Attempts after the first one; nil or negative: as many as it takes.
    ///   - maximumRecordAge: The age; nil, negative, or longer than a stream keeps records: until they leave the stream.
    ///   - bisects: Whether to cut.
    package init(maximumRetryAttempts: Int? = nil, maximumRecordAge: Duration? = nil, bisects: Bool = false) {
        self.maximumRetryAttempts = maximumRetryAttempts.flatMap { $0 < 0 ? nil : $0 }
        self.maximumRecordAge = maximumRecordAge.flatMap { $0 < .zero || $0 > Self.retention ? nil : $0 }
        self.bisects = bisects
    }

    /// The age beyond which records are given up.
    ///
    /// A record that was read gets at least one attempt if no age is set, however old it is: that it has left the stream
    /// meanwhile only ends its repetition.
    ///
    /// - Parameter wasTried: Whether there was an attempt already.
    /// - Returns: The age; nil: none.
    func ageLimit(wasTried: Bool) -> Duration? {
        self.maximumRecordAge ?? (wasTried ? Self.retention : nil)
    }
}
