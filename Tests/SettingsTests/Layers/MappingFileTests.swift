// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@Suite("Event source mappings as files")
struct MappingFileTests {
    /// As `aws lambda get-event-source-mapping` prints it.
    static let mapping = """
        {
            "UUID": "14e0db71-5d35-4eb5-b481-8945cf9d10c2",
            "StartingPosition": "TRIM_HORIZON",
            "BatchSize": 250,
            "MaximumBatchingWindowInSeconds": 3,
            "ParallelizationFactor": 2,
            "EventSourceArn": "arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000",
            "FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:handle",
            "FilterCriteria": {
                "Filters": [
                    {"Pattern": "{\\"eventName\\":[\\"INSERT\\"]}"},
                    {"Pattern": "{\\"eventName\\":[\\"REMOVE\\"]}"}
                ]
            },
            "LastModified": "2026-01-02T03:04:05.678000+00:00",
            "LastProcessingResult": "No records processed",
            "State": "Enabled",
            "StateTransitionReason": "User action",
            "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:123456789012:failed"}},
            "MaximumRecordAgeInSeconds": 3600,
            "BisectBatchOnFunctionError": true,
            "MaximumRetryAttempts": -1,
            "TumblingWindowInSeconds": 0,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "EventSourceMappingArn": "arn:aws:lambda:us-east-1:123456789012:event-source-mapping:14e0db71"
        }
        """

    @Test func everyParameterBecomesItsSetting() {
        let layer = SettingsFile.read(Self.mapping, file: "mapping.json")
        #expect(
            layer.values == [
                "starting-position": ["TRIM_HORIZON"], "batch-size": ["250"], "maximum-batching-window": ["3"],
                "parallelization-factor": ["2"],
                "stream-arn": ["arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"],
                "function": ["arn:aws:lambda:us-east-1:123456789012:function:handle"],
                "filter": ["{\"eventName\":[\"INSERT\"]}", "{\"eventName\":[\"REMOVE\"]}"],
                "on-failure": ["arn:aws:sqs:us-east-1:123456789012:failed"],
                "maximum-record-age": ["3600"], "bisect-batch-on-function-error": ["true"],
                "maximum-retry-attempts": ["-1"], "tumbling-window": ["0"],
                "function-response-types": ["ReportBatchItemFailures"],
            ]
        )
    }

    @Test func whatMeansNothingHereIsAcceptedAndSaidInOneLine() {
        let layer = SettingsFile.read(Self.mapping, file: "mapping.json")
        #expect(
            layer.lines == [
                "mapping.json:2:5: UUID, LastModified, LastProcessingResult, StateTransitionReason and "
                    + "EventSourceMappingArn mean nothing here and are left out of account"
            ]
        )
        #expect(layer.remarks.map(\.level) == [.note])
    }

    @Test func functionAndDestinationAreProposalsAndNoHandlerIsNamed() {
        let layer = SettingsFile.read(Self.mapping, file: "mapping.json")
        #expect(layer.entries.filter(\.isProposal).map(\.setting.key) == ["function", "on-failure"])
        #expect(layer.entry("handler") == nil)
    }

    @Test(arguments: [
        ("Enabled", nil), ("Creating", nil), ("Updating", nil), ("Disabled", "false"), ("Disabling", "false"),
    ])
    func theStateSaysWhetherAnythingIsRead(state: String, enabled: String?) {
        let layer = SettingsFile.read("{\"State\": \"\(state)\"}", file: "mapping.json")
        #expect(layer.remarks == [])
        #expect(layer.values["enabled"]?.first == enabled)
    }

    /// What the service answers to the creation of a mapping without any setting, as it was recorded.
    @Test func aMappingWithNothingButDefaultsIsAccepted() {
        let layer = SettingsFile.read(
            """
            {"BatchSize": 100, "BisectBatchOnFunctionError": false, "DestinationConfig": {"OnFailure": {}},
             "EventSourceArn": "arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000",
             "FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:handle", "FunctionResponseTypes": [],
             "LastModified": 1767225600.0, "LastProcessingResult": "No records processed",
             "MaximumBatchingWindowInSeconds": 0, "MaximumRecordAgeInSeconds": -1, "MaximumRetryAttempts": -1,
             "ParallelizationFactor": 1, "StartingPosition": "LATEST", "State": "Creating",
             "StateTransitionReason": "User action", "TumblingWindowInSeconds": 0,
             "UUID": "14e0db71-5d35-4eb5-b481-8945cf9d10c2"}
            """,
            file: "mapping.json"
        )
        #expect(layer.remarks.map(\.level) == [.note])
        #expect(
            layer.values == [
                "batch-size": ["100"], "bisect-batch-on-function-error": ["false"],
                "stream-arn": ["arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"],
                "function": ["arn:aws:lambda:us-east-1:123456789012:function:handle"],
                "function-response-types": [], "maximum-batching-window": ["0"], "maximum-record-age": ["-1"],
                "maximum-retry-attempts": ["-1"], "parallelization-factor": ["1"], "starting-position": ["LATEST"],
                "tumbling-window": ["0"],
            ]
        )
    }

    @Test func emptyAndNullValuesSayNothing() {
        let layer = SettingsFile.read(
            """
            {"DestinationConfig": {"OnFailure": {}}, "FilterCriteria": null, "FunctionResponseTypes": null,
             "Topics": [], "Queues": [], "SourceAccessConfigurations": [], "ScalingConfig": {},
             "MaximumRetryAttempts": null, "FilterCriteriaError": null}
            """,
            file: "mapping.json"
        )
        #expect(layer == SettingsLayer())
    }

    @Test(arguments: [
        ("\"Topics\": [\"orders\"]", "Topics is for mappings of Apache Kafka"),
        ("\"Queues\": [\"orders\"]", "Queues is for mappings of Amazon MQ"),
        ("\"ScalingConfig\": {\"MaximumConcurrency\": 5}", "ScalingConfig is for mappings of Amazon SQS"),
        ("\"SelfManagedEventSource\": {\"Endpoints\": 1}", "Apache Kafka"),
        ("\"DocumentDBEventSourceConfig\": {\"DatabaseName\": \"d\"}", "Amazon DocumentDB"),
        ("\"StartingPositionTimestamp\": 1", "Amazon Kinesis"),
        ("\"EventSourceArn\": \"arn:aws:kinesis:us-east-1:123456789012:stream/s\"", "names a source of kinesis"),
        ("\"EventSourceArn\": \"arn:aws:sqs:us-east-1:123456789012:q\"", "names a source of sqs"),
        ("\"FilterCriteriaError\": {\"ErrorCode\": \"KMS\"}", "could not be decrypted"),
        ("\"DestinationConfig\": {\"OnSuccess\": {\"Destination\": \"arn\"}}", "OnSuccess in DestinationConfig"),
        ("\"DestinationConfig\": {\"OnFailure\": {\"Target\": \"arn\"}}", "Target in OnFailure is not known"),
        ("\"FilterCriteria\": {\"Filters\": [{\"Patern\": \"{}\"}]}", "Patern in Filters is not known; Pattern"),
        ("\"FilterCriteria\": {\"Filters\": \"{}\"}", "Filters is '{}'; a list is accepted"),
        ("\"FilterCriteria\": [\"{}\"]", "FilterCriteria holds a list; an object with Filters is accepted"),
        ("\"State\": \"Asleep\"", "State is 'Asleep'; Creating"),
        ("\"BatchSise\": 5", "did you mean BatchSize?"),
    ])
    func whatCannotBeHonouredIsAnError(member: String, fact: String) {
        let layer = SettingsFile.read("{\(member)}", file: "mapping.json")
        #expect(layer.isWrong)
        #expect(layer.lines.first?.hasPrefix("mapping.json:1:") == true)
        #expect(layer.lines.first?.contains(fact) == true, "\(layer.lines)")
    }

    @Test(arguments: [
        ("\"BatchSize\": true", "BatchSize is true; a whole number is accepted"),
        (
            "\"MaximumBatchingWindowInSeconds\": \"1500ms\"",
            "MaximumBatchingWindowInSeconds is '1500ms'; a whole number of seconds is accepted"
        ),
        ("\"TumblingWindowInSeconds\": 1.5", "TumblingWindowInSeconds is 1.5; a whole number of seconds is accepted"),
        ("\"FunctionArn\": 5", "FunctionArn is 5; a text"),
        ("\"DestinationConfig\": {\"OnFailure\": {\"Destination\": 5}}", "OnFailure is 5; a text"),
        ("\"FilterCriteria\": {\"Filters\": [{\"Pattern\": 5}]}", "Pattern is a list; a text"),
        ("\"BatchSize\": 5, \"batch-size\": 6", "batch-size is set twice"),
        ("\"batch-size\": 5, \"BatchSize\": 6", "BatchSize is set twice"),
    ])
    func parametersAreCalledAsTheyWereWritten(member: String, fact: String) {
        let layer = SettingsFile.read("{\(member)}", file: "mapping.json")
        #expect(layer.lines.count == 1)
        #expect(layer.lines.first?.contains(": \(fact)") == true, "\(layer.lines)")
    }

    @Test func aParameterOfTheFutureIsAWarningThatNamesIt() {
        let layer = SettingsFile.read("{\"BatchSize\": 5, \"QuantumMode\": true}", file: "mapping.json")
        #expect(!layer.isWrong)
        #expect(layer.remarks.map(\.level) == [.warning])
        #expect(layer.lines.first?.contains("QuantumMode") == true)
        #expect(layer.values == ["batch-size": ["5"]])
    }
}
