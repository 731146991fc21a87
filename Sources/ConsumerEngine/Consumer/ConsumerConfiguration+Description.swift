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
            mapping: self.mappingSettings(onFailure: nil),
            toolVersion: toolVersion
        )
    }

    /// The settings of an event source mapping that a description has no member of its own for.
    ///
    /// - Parameter onFailure: Where batches that are given up are told of; nil: nowhere.
    /// - Returns: The settings; what is -1 here is nil there.
    package func mappingSettings(onFailure: String?) -> MappingSettings {
        MappingSettings(
            isEnabled: self.isEnabled,
            parallelizationFactor: self.parallelizationFactor,
            maximumConcurrentBatches: self.maximumConcurrentBatches,
            bisectsBatchOnFunctionError: self.bisectsBatchOnFunctionError,
            maximumRetryAttempts: self.maximumRetryAttempts == -1 ? nil : self.maximumRetryAttempts,
            maximumRecordAge: self.maximumRecordAge == .seconds(-1) ? nil : self.maximumRecordAge,
            tumblingWindow: self.tumblingWindow,
            functionResponseTypes: self.reportsBatchItemFailures ? ["ReportBatchItemFailures"] : [],
            filters: self.filters.patterns.map(\.text),
            onFailure: onFailure
        )
    }
}
