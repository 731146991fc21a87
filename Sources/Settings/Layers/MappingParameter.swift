// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Parameters of event source mappings that are no setting under another name.
enum MappingParameter {
    /// What describes a mapping on AWS and changes nothing here.
    static let withoutMeaning: Set<String> = [
        "UUID", "EventSourceMappingArn", "LastModified", "LastProcessingResult", "StateTransitionReason", "KMSKeyArn",
        "MetricsConfig", "LoggingConfig", "Tags", "ResponseMetadata",
    ]

    /// What mappings of other sources have, with the source.
    static let ofOthers: [String: String] = [
        "AmazonManagedKafkaEventSourceConfig": "Amazon MSK",
        "SelfManagedEventSource": "Apache Kafka",
        "SelfManagedKafkaEventSourceConfig": "Apache Kafka",
        "Topics": "Apache Kafka",
        "SourceAccessConfigurations": "Apache Kafka and Amazon MQ",
        "Queues": "Amazon MQ",
        "ScalingConfig": "Amazon SQS",
        "ProvisionedPollerConfig": "Apache Kafka and Amazon SQS",
        "DocumentDBEventSourceConfig": "Amazon DocumentDB",
        "StartingPositionTimestamp": "Amazon Kinesis and Apache Kafka",
    ]

    /// Those that are read in a way of their own.
    static let structured: Set<String> = [
        "FilterCriteria", "FilterCriteriaError", "DestinationConfig", "State", "FunctionArn", "FunctionName",
    ]

    /// Where a mapping has the setting, for people; nil: nowhere.
    static func name(of setting: PipelineSetting) -> String? {
        switch setting.key {
        case "filter": "FilterCriteria, the Pattern of each of its Filters"
        case "on-failure": "DestinationConfig, the Destination of its OnFailure"
        case "function": "FunctionArn; FunctionName is read, too"
        default: setting.parameter
        }
    }

    /// All names, for suggestions.
    static let names: [String] =
        PipelineSetting.all.compactMap(\.parameter) + Self.structured.sorted() + Self.withoutMeaning.sorted()
        + Self.ofOthers.keys.sorted()
}
