// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Calls to read the stream that failed: GetRecords, GetShardIterator and DescribeStream.
public struct FailedReads: Hashable, Sendable, Codable {
    /// Calls that failed.
    public var count = 0
    /// Of these, throttled ones.
    public var throttled = 0

    /// Creates zeros.
    public init() {}

    mutating func add(_ failure: CallFailure) {
        self.count += 1
        if failure.isThrottling { self.throttled += 1 }
    }
}

extension KeyedDecodingContainer {
    /// Sessions that were kept before there were these figures have none.
    func decode(_ type: FailedReads.Type, forKey key: Key) throws -> FailedReads {
        try self.decodeIfPresent(FailedReads.self, forKey: key) ?? FailedReads()
    }
}
