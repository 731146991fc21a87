// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Whose positions these are: an observing run never moves a deleting one's.
public struct CheckpointIdentity: Hashable, Sendable {
    /// The stream; a stream that was switched off and on again is another one.
    public var streamARN: StreamARN
    /// The pipeline's name.
    public var pipeline: String
    /// The handler and its target, `delete:StagingTable`.
    public var handler: String

    /// Creates an identity.
    public init(streamARN: StreamARN, pipeline: String, handler: String) {
        self.streamARN = streamARN
        self.pipeline = pipeline
        self.handler = handler
    }
}
