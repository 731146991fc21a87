// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A failure destination as the user names it: a file, or the ARN of a queue, a topic or a bucket.
package enum DestinationName: Hashable, Sendable {
    /// A file of JSON lines: `file:failed.jsonl`.
    case file(path: String)
    /// A standard queue: `arn:aws:sqs:us-east-1:123456789012:failed`.
    case queue(ARNParts)
    /// A standard topic: `arn:aws:sns:us-east-1:123456789012:failed`.
    case topic(ARNParts)
    /// A bucket: `arn:aws:s3:::failed`.
    case bucket(ARNParts)

    /// The parts of an ARN that a destination needs.
    package struct ARNParts: Hashable, Sendable, CustomStringConvertible {
        /// The whole ARN.
        package var text: String
        /// The region; nil: the ARN has none.
        package var region: String?
        /// The account; nil: the ARN has none.
        package var account: String?
        /// The resource's name.
        package var name: String
        /// The whole ARN.
        package var description: String { self.text }
    }

    /// The longest ARN in characters.
    ///
    /// - Source: Lambda API reference, OnFailure.
    static let longestARN = 350

    /// Reads a name.
    ///
    /// - Throws: ``HandlerSetupError`` that says what is accepted, and why what is known is not.
    package init(_ text: String) throws(HandlerSetupError) {
        func refusal(_ code: HandlerSetupError.Code, _ problem: String) -> HandlerSetupError {
            HandlerSetupError(
                code,
                "The value '\(text)' is invalid for '--on-failure <destination>': \(problem). Accepted are file:PATH and the "
                    + "ARN of a standard SQS queue, a standard SNS topic or an S3 bucket."
            )
        }
        if text.hasPrefix("file:") {
            let path = String(text.dropFirst("file:".count))
            guard !path.isEmpty, !path.hasSuffix("/") else { throw refusal(.invalidSetting, "it names no file") }
            self = .file(path: path)
            return
        }
        if text.hasPrefix("kafka://") { throw refusal(.unsupportedDestination, "Kafka topics are not supported") }
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6, fields[0] == "arn", !fields[1].isEmpty else {
            throw refusal(.invalidSetting, "it is neither a file nor an ARN")
        }
        guard text.count <= Self.longestARN else {
            throw refusal(.invalidSetting, "it is longer than \(Self.longestARN) characters")
        }
        let parts = ARNParts(
            text: text,
            region: fields[3].isEmpty ? nil : fields[3],
            account: fields[4].isEmpty ? nil : fields[4],
            name: fields[5]
        )
        let isName = !parts.name.isEmpty && !parts.name.contains(":") && !parts.name.contains("/")
        switch fields[2] {
        case "sqs", "sns":
            let kind = fields[2] == "sqs" ? "queue" : "topic"
            guard !parts.name.hasSuffix(".fifo") else {
                throw refusal(
                    .unsupportedDestination,
                    "FIFO \(kind)s are not supported, as in Lambda: they need a group and an identity for each message, and "
                        + "the failures of different shards have no order"
                )
            }
            guard parts.region != nil, parts.account != nil, isName else {
                throw refusal(.invalidSetting, "it is not the ARN of a \(kind)")
            }
            self = fields[2] == "sqs" ? .queue(parts) : .topic(parts)
        case "s3":
            guard isName else { throw refusal(.invalidSetting, "it is not the ARN of a bucket") }
            self = .bucket(parts)
        default:
            throw refusal(.unsupportedDestination, "\(fields[2]) is no service that can be told of failed batches")
        }
    }

    /// The same for people.
    package var description: String {
        switch self {
        case .file(let path): "file \(path)"
        case .queue(let arn): "queue \(arn)"
        case .topic(let arn): "topic \(arn)"
        case .bucket(let arn): "bucket \(arn.name)"
        }
    }
}
