// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

@Suite("A condition for deletes", .timeLimit(.minutes(1)))
struct DeleteConditionTests {
    private static let option = "--delete-condition <condition>"

    private static func handler(
        _ conditions: [String],
        on tables: ScriptedTables,
        isDryRun: Bool = false,
        report: @escaping @Sendable (DeletePlan) -> Void = { _ in }
    ) throws -> DeleteHandler {
        DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: "StagingTable",
                mode: .item,
                keyNames: ["messageId", "createdAt"],
                condition: try DeleteCondition(conditions, option: Self.option),
                isDryRun: isDryRun,
                report: report
            ),
            api: tables,
            clock: ImmediateClock(),
            seed: 7
        )
    }

    private static func batch(_ images: [String?]) -> RecordBatch {
        var batch = HandlerConformance.batch(1, of: 0..<images.count)
        for (index, image) in images.enumerated() {
            batch.records[index].newImage = image.map { RawItem(unchecked: Array($0.utf8)[...]) }
        }
        return batch
    }

    @Test func theRecordsValueIsWhatTheItemMustHave() async throws {
        let tables = ScriptedTables()
        let images = [#"{"version":{"N":"12345678901234567890123456789012345678"}}"#, #"{"version":{"S":"a\"b"}}"#]
        let meter = WorkMeter()
        let handler = try Self.handler(["version = NewImage.version"], on: tables)
        #expect(try await handler.handle(Self.batch(images), meter: meter) == .done)
        let requests = tables.seen.deleteRequests
        #expect(requests.count == 2)
        for request in requests {
            #expect(request.conditionExpression == "attribute_not_exists(#key) OR (#a0 = :v0)")
            #expect(request.attributeNames == ["#key": "messageId", "#a0": "version"])
        }
        let number = try #require(DecimalNumber("12345678901234567890123456789012345678"))
        #expect(requests.map(\.attributeValues) == [[":v0": .number(number)], [":v0": .string("a\"b")]])
        #expect(meter.total.itemsDeleted == 2 && meter.total.kept == 0)
    }

    @Test func severalTermsHaveToHoldTogether() async throws {
        let tables = ScriptedTables()
        let handler = try Self.handler(["v=NewImage.meta.version", "  id  =  Keys.messageId "], on: tables)
        let image = #"{"meta":{"M":{"version":{"BOOL":true}}}}"#
        #expect(try await handler.handle(Self.batch([image]), meter: WorkMeter()) == .done)
        let request = try #require(tables.seen.deleteRequests.first)
        #expect(request.conditionExpression == "attribute_not_exists(#key) OR (#a0 = :v0 AND #a1 = :v1)")
        #expect(request.attributeNames == ["#key": "messageId", "#a0": "v", "#a1": "id"])
        #expect(request.attributeValues == [":v0": .bool(true), ":v1": .string("msg-0")])
    }

    @Test func whatTheConditionKeepsIsCountedAndNotRetried() async throws {
        let tables = ScriptedTables { call in
            call.isMultiple(of: 2)
                ? .fail(DynamoDBError(.conditionalCheckFailed, "The conditional request failed")) : .accept
        }
        let meter = WorkMeter()
        let handler = try Self.handler(["createdAt = Keys.createdAt"], on: tables)
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 0..<10), meter: meter) == .done)
        #expect(meter.total.requests == ["DeleteItem": 10])
        #expect(meter.total.itemsDeleted == 5)
        #expect(meter.total.kept == 5)
        #expect(meter.total.singleRequests == 10)
    }

    /// The service charges a write that its condition stops, and does not say how much.
    @Test func whatIsKeptHasCostAUnit() async throws {
        let tables = ScriptedTables { _ in
            .fail(DynamoDBError(.conditionalCheckFailed, "The conditional request failed"))
        }
        let meter = WorkMeter()
        let handler = try Self.handler(["createdAt = Keys.createdAt"], on: tables)
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 0..<10), meter: meter) == .done)
        #expect(meter.total.kept == 10)
        #expect(meter.total.writeCapacityUnits == 10)
    }

    /// Without a value nothing can be equal to it; an absent attribute of the item must not count as the same.
    @Test func aRecordWithoutTheValueKeepsItsItem() async throws {
        let tables = ScriptedTables()
        let said = Mutex<[String]>([])
        let meter = WorkMeter(onOutput: { line in said.withLock { $0.append(line) } })
        let handler = try Self.handler(["version = NewImage.version"], on: tables)
        let images = [#"{"version":{"N":"1"}}"#, #"{"other":{"N":"1"}}"#, nil]
        #expect(try await handler.handle(Self.batch(images), meter: meter) == .done)
        #expect(tables.seen.deletes.count == 1)
        #expect(meter.total.kept == 2)
        let line = try #require(said.withLock { $0.first })
        #expect(said.withLock { $0.count } == 1)
        #expect(line.contains("100001") && line.contains("no attribute NewImage.version") && line.contains("1 other"))
    }

    /// Without a condition of ours it is a failure like any other.
    @Test func aConditionThatNobodyAskedForStops() async throws {
        let tables = ScriptedTables { _ in .fail(DynamoDBError(.conditionalCheckFailed, "no")) }
        let handler = DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: "StagingTable",
                mode: .item,
                keyNames: ["messageId", "createdAt"]
            ),
            api: tables,
            clock: ImmediateClock(),
            seed: 7
        )
        let outcome = try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        guard case .stop = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func aDryRunTellsTheCondition() async throws {
        let plans = Mutex<[DeletePlan]>([])
        let tables = ScriptedTables()
        let handler = try Self.handler(["v = NewImage.v", "w = Keys.w"], on: tables, isDryRun: true) { plan in
            plans.withLock { $0.append(plan) }
        }
        let outcome = try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        #expect(outcome == .doneWithoutCheckpoint)
        #expect(plans.withLock { $0.first?.condition?.description } == "v = NewImage.v AND w = Keys.w")
        #expect(tables.seen.deletes.isEmpty)
    }

    @Test(arguments: [
        ("version", "no ="), ("= NewImage.v", "before the ="), ("v = 5", "'5'"), ("v = Image.v", "'Image.v'"),
        ("v = NewImage.", "names no attribute"), ("v = NewImage", "'NewImage'"), ("", "no ="),
    ])
    func whatIsNoConditionIsRefused(text: String, problem: String) throws {
        let error = try #require(throws: HandlerSetupError.self) {
            try DeleteCondition([text], option: Self.option)
        }
        #expect(error.code == .invalidSetting)
        for fact in ["'\(text)'", Self.option, problem, "ATTRIBUTE = NewImage.NAME"] {
            #expect(error.description.contains(fact), "\(error)")
        }
    }

    @Test(arguments: StreamViewType.allCases)
    func anImageThatTheStreamLeavesOutIsRefused(viewType: StreamViewType) throws {
        func isAccepted(_ text: String) throws -> Bool {
            do throws(HandlerSetupError) {
                try DeleteCondition([text], option: Self.option).check(against: viewType)
                return true
            } catch {
                #expect(error.description.contains("'\(text)'") && error.description.contains(viewType.rawValue))
                return false
            }
        }
        #expect(try isAccepted("a = Keys.a"))
        #expect(try isAccepted("a = NewImage.a") == (viewType == .newImage || viewType == .newAndOldImages))
        #expect(try isAccepted("a = OldImage.a") == (viewType == .oldImage || viewType == .newAndOldImages))
    }
}
