// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What a person can do about the failures that persons meet.
enum ErrorAdvice {
    /// The next step; nil if the error speaks for itself.
    static func advice(for code: DynamoDBError.Code, of operation: String, isAWS: Bool) -> String? {
        switch code {
        case .accessDenied:
            return
                "Allow the action dynamodb:\(operation) on \(Self.resource(of: operation)) in the IAM policy of these "
                + "credentials."
        case .unrecognizedClient, Self.missingToken:
            return "The service does not know this access key: check AWS_ACCESS_KEY_ID or the profile, and that the "
                + "session token belongs to it."
        case Self.invalidSignature, Self.signatureMismatch:
            return "The secret does not belong to this access key, or this machine's clock is wrong."
        case .expiredToken, Self.expiredToken:
            return "The session has ended: log in again, or set new credentials."
        case .resourceNotFound: return Self.notFound(operation, isAWS: isAWS)
        case .connectionFailed:
            return isAWS
                ? "Check the network, and that the region's name is right."
                : "Is the endpoint running? 'weir local' starts one."
        case .timedOut:
            return isAWS
                ? "Check the network; the call may be made again." : "The endpoint is there but does not answer."
        case .limitExceeded where operation == "GetRecords",
            .provisionedThroughputExceeded where operation == "GetRecords":
            return "A shard serves two readers: event source mappings, other programs and a global table's replication "
                + "count. If there are more, end one."
        case .provisionedThroughputExceeded:
            return "The table's capacity is used up: raise it, switch the table to on-demand, or slow down."
        case .unknownOperation where !isAWS:
            return "The endpoint does not offer this operation."
        default: return nil
        }
    }

    private static let missingToken = DynamoDBError.Code("MissingAuthenticationTokenException")
    private static let invalidSignature = DynamoDBError.Code("InvalidSignatureException")
    private static let signatureMismatch = DynamoDBError.Code("SignatureDoesNotMatch")
    private static let expiredToken = DynamoDBError.Code("ExpiredToken")

    private static func resource(of operation: String) -> String {
        switch operation {
        case "DescribeStream", "GetShardIterator", "GetRecords":
            "arn:aws:dynamodb:<region>:<account>:table/<table>/stream/*"
        case "ListStreams", "ListTables": "*"
        default: "arn:aws:dynamodb:<region>:<account>:table/<table>"
        }
    }

    private static func notFound(_ operation: String, isAWS: Bool) -> String {
        let place = isAWS ? "Check the name, the region and the account." : "Check the name and the endpoint."
        return switch operation {
        case "DescribeStream", "ListStreams":
            "\(place) A stream is gone 24 hours after it was switched off; 'weir streams' lists those there are."
        case "GetShardIterator", "GetRecords": "The shard or its stream is gone: both are kept for 24 hours."
        default: place
        }
    }
}
