// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import Testing

@Suite("Checks before the first delete")
struct DeletePreflightTests {
    private static let story = KeySchema(
        partition: KeyAttribute(name: "messageId", type: .string),
        sort: KeyAttribute(name: "createdAt", type: .number)
    )

    private static func table(
        _ name: String,
        key: KeySchema = DeletePreflightTests.story,
        writeCapacity: Int? = nil
    ) -> TableDescription {
        TableDescription(
            tableName: name,
            arn: "arn:aws:dynamodb:eu-central-1:123456789012:table/\(name)",
            id: name,
            keySchema: key,
            billingMode: writeCapacity == nil ? .payPerRequest : .provisioned,
            provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: writeCapacity ?? 0),
            createdAt: Timestamp(seconds: 0)
        )
    }

    private static func check(
        staging: String,
        _ tables: TableDescription...
    ) async throws(DeletePreflightError) -> DeletePreflight {
        try await DeletePreflight.check(
            sourceTable: "Messages",
            stagingTable: staging,
            mode: .batch,
            region: "eu-central-1",
            endpoint: nil,
            api: ScriptedTables(descriptions: Dictionary(uniqueKeysWithValues: tables.map { ($0.tableName, $0) }))
        )
    }

    @Test func theUserSeesWhatIsGoingToHappen() async throws {
        let preflight = try await Self.check(
            staging: "Staging",
            Self.table("Messages"),
            Self.table("Staging", writeCapacity: 50)
        )
        let text = preflight.lines.joined(separator: "\n")
        for fact in [
            "123456789012", "eu-central-1", "AWS", "Messages", "Staging", "BatchWriteItem", "messageId (S)",
            "createdAt (N)",
        ] {
            #expect(text.contains(fact))
        }
        #expect(preflight.provisionedWriteCapacity == 50)
    }

    @Test(arguments: ["Messages", "arn:aws:dynamodb:eu-central-1:123456789012:table/Messages"])
    func theStreamsOwnTableIsRefused(name: String) async throws {
        let error = await #expect(throws: DeletePreflightError.self) {
            _ = try await Self.check(staging: name, Self.table("Messages"))
        }
        #expect(error?.code == .sameTable)
    }

    @Test(arguments: [
        KeySchema(partition: KeyAttribute(name: "messageId", type: .string)),
        KeySchema(
            partition: KeyAttribute(name: "messageId", type: .string),
            sort: KeyAttribute(name: "createdAt", type: .string)
        ),
        KeySchema(
            partition: KeyAttribute(name: "messageID", type: .string),
            sort: KeyAttribute(name: "createdAt", type: .number)
        ),
        KeySchema(
            partition: KeyAttribute(name: "createdAt", type: .number),
            sort: KeyAttribute(name: "messageId", type: .string)
        ),
    ])
    func otherKeysAreRefused(key: KeySchema) async throws {
        let error = await #expect(throws: DeletePreflightError.self) {
            _ = try await Self.check(staging: "Staging", Self.table("Messages"), Self.table("Staging", key: key))
        }
        #expect(error?.code == .differentKeys)
        #expect(error?.description.contains("Staging") == true)
    }

    @Test func aMissingTableIsNamed() async throws {
        let error = await #expect(throws: DeletePreflightError.self) {
            _ = try await Self.check(staging: "Stagin", Self.table("Messages"), Self.table("Staging"))
        }
        #expect(error?.code == .missingTable)
        #expect(error?.description.contains("Stagin ") == true)
    }
}
