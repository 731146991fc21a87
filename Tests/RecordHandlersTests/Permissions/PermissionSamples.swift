// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers

/// One pipeline of each handler with each destination.
enum PermissionSamples {
    struct Sample: Sendable, CustomStringConvertible {
        var description: String
        var permissions: PipelinePermissions
    }

    static let all: [Sample] = {
        do {
            return try Self.make()
        } catch {
            preconditionFailure("a sample is wrong: \(error)")
        }
    }()

    private static func make() throws -> [Sample] {
        let works: [(String, PipelinePermissions.Work)] = [
            ("observe", .none), ("delete in batches", .delete(staging: "Staging", .batch)),
            ("delete items", .delete(staging: "Staging", .item)), ("function", .invoke(try FunctionName("f:live"))),
            (
                "delete objects",
                .deleteObjects(
                    bucket: try RecordTemplate("b-{Keys.a}", option: "--bucket"),
                    key: try RecordTemplate("x*/{Keys.a}", option: "--key")
                )
            ),
        ]
        let destinations = [
            "file:f", "arn:aws:sqs:us-east-1:123456789012:q", "arn:aws:sns:us-east-1:123456789012:t", "arn:aws:s3:::b",
        ]
        let arn = StreamARN("arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/2015-05-11T21:21:33.291")
        return try works.flatMap { name, work in
            try destinations.map { destination in
                Sample(
                    description: "\(name), \(destination)",
                    permissions: PipelinePermissions(
                        place: ResourcePlace(region: "us-east-1", account: "123456789012"),
                        source: destination.hasPrefix("file:") ? .stream(arn) : .table("T"),
                        work: work,
                        destination: try DestinationName(destination),
                        listsStreams: true
                    )
                )
            }
        }
    }
}
