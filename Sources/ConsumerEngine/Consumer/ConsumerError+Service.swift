// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

extension ConsumerError {
    /// What a failed call that must not be repeated means for the consumer.
    package init(_ error: DynamoDBError, streamARN: StreamARN, shardID: ShardID? = nil) {
        let table = streamARN.tableName.map { "table \($0)" } ?? "the table"
        let (code, advice): (Code, String) =
            switch error.code {
            case .resourceNotFound:
                (
                    .streamNotFound,
                    "The stream \(streamARN) does not exist. A stream that was switched off is gone after 24 hours, and "
                        + "switching it on again gives it a new ARN: look with `weir streams`, or enable one with "
                        + "`aws dynamodb update-table --table-name \(streamARN.tableName ?? "TABLE") "
                        + "--stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES`."
                )
            case .accessDenied:
                (
                    .accessDenied,
                    "Reading the stream of \(table) needs dynamodb:DescribeStream, dynamodb:GetShardIterator and "
                        + "dynamodb:GetRecords on \(streamARN): a permission for the table does not cover its stream."
                )
            case .unrecognizedClient, .expiredToken, .credentials:
                (
                    .credentialsRefused,
                    "The credentials are not accepted: renew them (`aws sso login`, "
                        + "`aws configure export-credentials`) and start again; what is done is stored."
                )
            case .validation, .serialization, .unknownOperation:
                (
                    .requestRefused,
                    "The service refused the request for \(streamARN): check the stream's ARN and the endpoint."
                )
            default:
                if ["InvalidSignatureException", "IncompleteSignatureException", "MissingAuthenticationTokenException"]
                    .contains(error.code.name)
                {
                    (
                        .credentialsRefused,
                        "The signature is not accepted: check the secret key, the region and this machine's clock."
                    )
                } else {
                    (.serviceFailed, "The call cannot be repeated; start again later, what is done is stored.")
                }
            }
        // The advice of the call knows the operation alone; this one knows the stream.
        var plain = error
        if error.code == .accessDenied { plain.advice = nil }
        let text = plain.description
        self.init(
            code,
            text.hasSuffix(".") ? "\(text) \(advice)" : "\(text). \(advice)",
            shardID: shardID,
            underlying: error
        )
    }

    /// What a failure of the checkpoint store means for the consumer.
    package init(_ error: CheckpointError, shardID: ShardID? = nil) {
        self.init(
            .checkpointStorage,
            "The position\(shardID.map { " of shard \($0)" } ?? "s") cannot be kept: \(error) "
                + "What was handled since the last stored position will be delivered again.",
            shardID: shardID,
            underlying: error
        )
    }
}
