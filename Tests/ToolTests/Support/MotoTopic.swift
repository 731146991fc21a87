// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel
import RecordHandlers

/// A topic of a moto server with one queue as its subscriber.
struct MotoTopic {
    /// The topic, as an option of the program names it.
    let arn: String
    private let subscriber: MotoQueue

    /// Makes a topic and its subscriber.
    init(_ name: String, at server: String) async throws {
        self.subscriber = try await MotoQueue("\(name)-subscriber", at: server)
        let answer = try await Self.call([("Action", "CreateTopic"), ("Name", name)], at: server)
        self.arn = XMLElements.first("TopicArn", in: answer) ?? ""
        _ = try await Self.call(
            [
                ("Action", "Subscribe"), ("TopicArn", self.arn), ("Protocol", "sqs"),
                ("Endpoint", self.subscriber.arn),
            ],
            at: server
        )
    }

    /// What was published.
    func messages() async throws -> [String] {
        try await self.subscriber.messages().compactMap {
            try JSONValue(parsing: Array($0.utf8))["Message"]?.string
        }
    }

    private static func call(_ fields: [(String, String)], at server: String) async throws -> [UInt8] {
        let body = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&") + "&Version=2010-03-31"
        let call = AWSCall(
            operation: fields.first?.1 ?? "",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(body.utf8)
        )
        return try await MotoCall.send(call, to: .sns, at: server)
    }
}
