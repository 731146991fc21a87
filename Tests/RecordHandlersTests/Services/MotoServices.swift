// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel
import RecordHandlers

/// What tests ask of moto beside what they test.
struct MotoServices {
    struct Unexpected: Error {
        var description: String
    }

    let url: String
    private let connections = TestConnections.connections()

    /// Sends one call and reads its answer.
    func send(_ call: AWSCall, to service: ServiceIdentity) async throws -> [UInt8] {
        let made = try self.connections.connect(to: service, endpointURL: self.url)
        do {
            let reply = try await made.connection.send(call)
            await made.shutdown()
            return reply.body
        } catch {
            await made.shutdown()
            throw error
        }
    }

    func connect(to service: ServiceIdentity) throws -> HandlerConnections.Made {
        try self.connections.connect(to: service, endpointURL: self.url)
    }

    func buckets() throws -> BucketConnections {
        try self.connections.buckets(endpointURL: self.url)
    }

    // MARK: - Queues and topics

    private func queue(_ operation: String, _ input: String) async throws -> JSONValue {
        let call = AWSCall(
            operation: operation,
            headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AmazonSQS.\(operation)")],
            body: Array(input.utf8)
        )
        return try JSONValue(parsing: try await self.send(call, to: .sqs))
    }

    /// Makes a queue and returns its URL.
    func makeQueue(_ name: String) async throws -> String {
        guard let url = try await self.queue("CreateQueue", #"{"QueueName":"\#(name)"}"#)["QueueUrl"]?.string else {
            throw Unexpected(description: "a queue without a URL")
        }
        return url
    }

    /// The bodies of the messages in a queue.
    func messages(in queue: String) async throws -> [String] {
        let reply = try await self.queue("ReceiveMessage", #"{"QueueUrl":"\#(queue)","MaxNumberOfMessages":10}"#)
        return reply["Messages"]?.array?.compactMap { $0["Body"]?.string } ?? []
    }

    /// Calls SNS.
    func topic(_ fields: [(String, String)]) async throws -> [UInt8] {
        let body = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return try await self.send(
            AWSCall(
                operation: fields.first?.1 ?? "",
                headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array((body + "&Version=2010-03-31").utf8)
            ),
            to: .sns
        )
    }

    /// Makes a policy, which IAM checks.
    func makePolicy(_ name: String, _ document: String) async throws {
        let fields = [("Action", "CreatePolicy"), ("PolicyName", name), ("PolicyDocument", document)]
        let body = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        let iam = ServiceIdentity(
            signingName: "iam",
            environmentName: "IAM",
            configurationName: "iam",
            host: "iam.{suffix}",
            dualStackHost: "iam.{suffix}",
            fipsHost: "iam.{suffix}",
            fipsDualStackHost: "iam.{suffix}"
        )
        _ = try await self.send(
            AWSCall(
                operation: "CreatePolicy",
                headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array((body + "&Version=2010-05-08").utf8)
            ),
            to: iam
        )
    }

    // MARK: - Buckets

    func put(_ path: String, _ body: String = "") async throws {
        let call = AWSCall(operation: "Put", method: "PUT", path: path, headers: [], body: Array(body.utf8))
        _ = try await self.send(call, to: .s3)
    }

    func get(_ path: String) async throws -> [UInt8] {
        try await self.send(AWSCall(operation: "Get", method: "GET", path: path, headers: [], body: []), to: .s3)
    }

    /// The keys of a bucket in order.
    func keys(in bucket: String) async throws -> [String] {
        let call = AWSCall(
            operation: "ListObjectsV2",
            method: "GET",
            path: "/\(bucket)",
            query: "list-type=2",
            headers: [],
            body: []
        )
        let reply = try await self.send(call, to: .s3)
        return XMLElements.all("Contents", in: reply).compactMap { XMLElements.first("Key", in: $0) }
    }
}
