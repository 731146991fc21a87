// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
package import DynamoDBModel

/// What a pipeline has to be allowed, and no more.
package struct PipelinePermissions: Sendable {
    /// How the stream is named.
    package enum Source: Hashable, Sendable {
        /// The current stream of a table, whichever it is.
        case table(String)
        /// This stream.
        case stream(StreamARN)
    }

    /// What is done with batches.
    package enum Work: Hashable, Sendable {
        /// Nothing that has to be allowed: looking on, or a program, which has permissions of its own.
        case none
        /// Deletes from a table, named by name or ARN.
        case delete(staging: String, DeleteMode)
        /// Adds up in a table, named by name or ARN.
        case aggregate(table: String)
        /// Invokes a function.
        case invoke(FunctionName)
        /// Deletes objects.
        case deleteObjects(bucket: RecordTemplate, key: RecordTemplate)
    }

    /// Where tables are.
    package var place: ResourcePlace
    /// The stream.
    package var source: Source
    /// What is done with batches.
    package var work: Work
    /// Where is told what was given up; nil: nowhere.
    package var destination: DestinationName?
    /// Whether nothing is written anywhere.
    package var isDryRun: Bool
    /// Whether streams may be listed, as `weir streams` does.
    package var listsStreams: Bool

    /// Creates the permissions of a pipeline.
    package init(
        place: ResourcePlace,
        source: Source,
        work: Work,
        destination: DestinationName? = nil,
        isDryRun: Bool = false,
        listsStreams: Bool = false
    ) {
        self.place = place
        self.source = source
        self.work = work
        self.destination = destination
        self.isDryRun = isDryRun
        self.listsStreams = listsStreams
    }

    /// The policy.
    package var document: PolicyDocument {
        PolicyDocument(self.reads + self.writes)
    }

    /// What is read: these permissions can be tried without changing anything.
    package var reads: [PolicyDocument.Statement] {
        var statements = [
            PolicyDocument.Statement(
                "ReadStream",
                ["dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"],
                on: [self.streamResource]
            )
        ]
        let tables = self.describedTables
        if !tables.isEmpty { statements.append(.init("DescribeTables", ["dynamodb:DescribeTable"], on: tables)) }
        if case .aggregate(let table) = self.work {
            statements.append(.init("ReadNumbers", ["dynamodb:GetItem"], on: [self.place.table(table)]))
        }
        if case .queue(let arn) = self.destination, !self.isDryRun {
            statements.append(.init("FindQueue", ["sqs:GetQueueUrl"], on: [arn.text]))
        }
        if self.listsStreams { statements.append(.init("ListStreams", ["dynamodb:ListStreams"], on: ["*"])) }
        return statements
    }

    /// What is written, invoked and published.
    package var writes: [PolicyDocument.Statement] {
        guard !self.isDryRun else { return [] }
        return [self.handling, self.telling].compactMap(\.self)
    }

    private var streamResource: String {
        switch self.source {
        case .table(let name): self.place.streams(of: name)
        case .stream(let arn): arn.text
        }
    }

    private var describedTables: [String] {
        var tables: [String] = []
        if case .table(let name) = self.source { tables.append(self.place.table(name)) }
        let target: String
        switch self.work {
        case .delete(let staging, _): target = staging
        case .aggregate(let table): target = table
        case .none, .invoke, .deleteObjects: return tables
        }
        // Both tables are compared before anything is written.
        if case .stream(let arn) = self.source, let name = arn.tableName { tables.append(self.place.table(name)) }
        return tables + [self.place.table(target)]
    }

    private var handling: PolicyDocument.Statement? {
        switch self.work {
        case .none: nil
        case .delete(let staging, let mode):
            .init(
                "DeleteFromStaging",
                [mode == .batch ? "dynamodb:BatchWriteItem" : "dynamodb:DeleteItem"],
                on: [self.place.table(staging)]
            )
        case .aggregate(let table):
            .init("AddNumbers", ["dynamodb:UpdateItem"], on: [self.place.table(table)])
        case .invoke(let function):
            .init(
                "InvokeFunction",
                ["lambda:InvokeFunction"],
                on: [
                    function.arn(
                        partition: self.place.partition,
                        region: self.place.region,
                        account: function.account ?? self.place.account
                    )
                ]
            )
        case .deleteObjects(let bucket, let key):
            .init(
                "DeleteObjects",
                ["s3:DeleteObject"],
                on: ["arn:\(self.place.partition):s3:::\(bucket.policyPattern)/\(key.policyPattern)"]
            )
        }
    }

    private var telling: PolicyDocument.Statement? {
        switch self.destination {
        case nil, .file: nil
        case .queue(let arn): .init("TellQueueOfFailures", ["sqs:SendMessage"], on: [arn.text])
        case .topic(let arn): .init("TellTopicOfFailures", ["sns:Publish"], on: [arn.text])
        // Every key of a message begins so.
        case .bucket(let arn): .init("KeepFailures", ["s3:PutObject"], on: ["\(arn.text)/\(FailureMessage.keyPrefix)*"])
        }
    }
}

extension RecordTemplate {
    /// The template as a part of a resource in a policy: its places match any text.
    fileprivate var policyPattern: String {
        self.parts.map { part in
            switch part {
            case .attribute: "*"
            case .text(let text): Self.literal(text)
            }
        }.joined()
    }

    /// Text in which nothing stands for something else.
    private static func literal(_ text: String) -> String {
        text.map { "*?$".contains($0) ? "${\($0)}" : String($0) }.joined()
    }
}
