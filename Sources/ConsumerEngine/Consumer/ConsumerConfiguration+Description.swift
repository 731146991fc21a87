// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

extension ConsumerConfiguration {
    /// Describes a session with these settings to its viewers.
    ///
    /// - Parameters:
    ///   - stream: The stream as the service describes it.
    ///   - handler: The handler for people, `print`.
    ///   - handlerWrites: Whether the handler changes anything anywhere.
    ///   - toolVersion: The version of the program that consumes.
    /// - Returns: The description; the region is the stream's, `unknown` if its ARN names none.
    public func description(
        of stream: StreamDescription,
        handler: String,
        handlerWrites: Bool,
        toolVersion: String = "0"
    ) -> SessionDescription {
        SessionDescription(
            pipeline: self.pipeline,
            streamARN: stream.arn,
            tableName: stream.tableName,
            viewType: stream.viewType,
            keyNames: stream.keyNames,
            region: stream.arn.region ?? "unknown",
            handler: handler,
            handlerWrites: handlerWrites,
            startingPosition: self.startingPosition.rawValue,
            batchSize: self.batchSize,
            batchWindow: self.batchWindow,
            eventNames: ChangeKind.allCases.filter { self.eventNames.contains($0) },
            toolVersion: toolVersion
        )
    }
}
