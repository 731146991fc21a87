// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of requests and answers about streams.
enum WireStreams {
    private enum IteratorType: String, CaseIterable {
        case trimHorizon = "TRIM_HORIZON"
        case latest = "LATEST"
        case at = "AT_SEQUENCE_NUMBER"
        case after = "AFTER_SEQUENCE_NUMBER"
    }

    static func position(_ body: WireObject) throws(JSONFault) -> ShardPosition {
        _ = try body.required("ShardIteratorType")
        let type: IteratorType? = try body.choice("ShardIteratorType")
        let text = try body.string("SequenceNumber")
        switch type {
        case .trimHorizon, .latest, nil:
            guard text == nil else {
                throw JSONFault(
                    .validation,
                    "Invalid SequenceNumber: it must not be there when ShardIteratorType is \(type?.rawValue ?? "")"
                )
            }
            return type == .latest ? .latest : .trimHorizon
        case .at, .after:
            guard let text else {
                throw JSONFault(
                    .validation,
                    "Invalid SequenceNumber: it is required when ShardIteratorType is \(type?.rawValue ?? "")"
                )
            }
            guard let number = SequenceNumber(text) else {
                throw JSONFault(.validation, "Invalid SequenceNumber: it must be 1 to 57 decimal digits")
            }
            return type == .at ? .at(number) : .after(number)
        }
    }

    static func write(_ description: StreamDescription, into writer: inout JSONWriter) {
        writer.member("StreamArn", description.arn.text)
        writer.member("StreamLabel", description.label)
        writer.member("StreamStatus", description.status.rawValue)
        writer.member("StreamViewType", description.viewType.rawValue)
        writer.member("CreationRequestDateTime", description.createdAt)
        writer.member("TableName", description.tableName)
        writer.keyNames(description.keyNames)
        writer.name("Shards")
        writer.array(description.shards) { shard, writer in
            writer.object { writer in
                writer.member("ShardId", shard.id.text)
                writer.name("SequenceNumberRange")
                writer.object { writer in
                    writer.member("StartingSequenceNumber", shard.range.start.text)
                    writer.member("EndingSequenceNumber", shard.range.end?.text)
                }
                writer.member("ParentShardId", shard.parent?.text)
            }
        }
        writer.member("LastEvaluatedShardId", description.lastEvaluatedShardID?.text)
    }

    static func description(_ body: WireObject) throws(JSONFault) -> StreamDescription {
        let arn = StreamARN(try body.required("StreamArn").string())
        guard let status: StreamStatus = try body.choice("StreamStatus"),
            let viewType: StreamViewType = try body.choice("StreamViewType")
        else { throw JSONFault(.type, "StreamStatus or StreamViewType is missing") }
        return StreamDescription(
            arn: arn,
            label: try body.string("StreamLabel") ?? arn.label ?? "",
            tableName: try body.string("TableName") ?? arn.tableName ?? "",
            status: status,
            viewType: viewType,
            createdAt: try body.time("CreationRequestDateTime"),
            keyNames: try WireObject.keyNames(try body.required("KeySchema").elements()),
            shards: try body.objects("Shards") { (shard) throws(JSONFault) in try Self.shard(shard) } ?? [],
            lastEvaluatedShardID: try body.string("LastEvaluatedShardId").map { ShardID($0) }
        )
    }

    private static func shard(_ body: WireObject) throws(JSONFault) -> ShardDescription {
        let range = try body.required("SequenceNumberRange").object()
        return ShardDescription(
            id: ShardID(try body.required("ShardId").string()),
            parent: try body.string("ParentShardId").map { ShardID($0) },
            range: SequenceRange(
                start: try Self.number(try range.required("StartingSequenceNumber").string()),
                end: try range.string("EndingSequenceNumber").map { (text) throws(JSONFault) in try Self.number(text) }
            )
        )
    }

    private static func number(_ text: String) throws(JSONFault) -> SequenceNumber {
        guard let number = SequenceNumber(text) else { throw JSONFault(.type, "a sequence number is no number") }
        return number
    }
}
