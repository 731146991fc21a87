// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import DynamoDBClient
import DynamoDBModel
import Testing

@Suite("Tables without a stream", .timeLimit(.minutes(2)))
struct MissingStreamTests {
    @Test func aStreamThatWasSwitchedOffIsNamedWithTheWayToItsRecords() async throws {
        try await withStory(messages: 3) { pipeline, options, _ in
            let table = try await pipeline.client.describeTable(StoryTables.messages)
            let arn = try #require(table.latestStreamARN)
            _ = try await pipeline.client.updateTable(
                UpdateTableRequest(tableName: StoryTables.messages, stream: StreamSpecification(viewType: nil))
            )
            let result = try await ToolProcess.run(["run"] + options)
            #expect(result.status == 4)
            #expect(result.errors.contains("--stream-arn \(arn) --starting-position TRIM_HORIZON"))
            #expect(result.errors.contains("--stream-specification StreamEnabled=true"))
            let rest = try await ToolProcess.run([
                "run", "--endpoint-url", pipeline.endpoint, "--stream-arn", arn.text, "--starting-position",
                "TRIM_HORIZON",
                "--checkpoint-file", "none", "--until-shards-end",
            ])
            #expect(try rest.lastObject()["records"] as? Int == 3)
        }
    }

    @Test func aTableWithoutAStreamComesWithTheCommandThatMendsIt() async throws {
        try await withStory(messages: 1) { pipeline, _, _ in
            let result = try await ToolProcess.run([
                "run", "--endpoint-url", pipeline.endpoint, "--table", StoryTables.staging,
            ])
            #expect(result.status == 4)
            #expect(
                result.errors.contains(
                    "aws dynamodb update-table --table-name StagingTable --region us-east-1 --endpoint-url "
                        + "\(pipeline.endpoint) --stream-specification "
                        + "StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES"
                )
            )
            let missing = try await ToolProcess.run(["run", "--endpoint-url", pipeline.endpoint, "--table", "Nowhere"])
            #expect(missing.status == 4)
            #expect(missing.errors.contains("Nowhere does not exist"))
        }
    }
}
