// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import Testing

@Suite("The figures of both sides")
struct HeadlineReportTests {
    private static func report(
        messages: Int = 100,
        insertRecords: Int = 100,
        batchWriteItemRequests: Int = 4,
        deleteItemRequests: Int = 0,
        itemsDeleted: Int = 100,
        stagingItemsLeft: Int = 0,
        writeCapacityUnits: Double = 100
    ) -> HeadlineReport {
        HeadlineReport(
            messages: messages,
            engine: EngineFigures(
                insertRecords: insertRecords,
                batches: 1,
                batchWriteItemRequests: 4,
                deleteItemRequests: 0,
                itemsDeleted: 100,
                writeCapacityUnits: 100
            ),
            endpoint: EndpointFigures(
                batchWriteItemRequests: batchWriteItemRequests,
                deleteItemRequests: deleteItemRequests,
                itemsDeleted: itemsDeleted,
                stagingItemsLeft: stagingItemsLeft,
                writeCapacityUnits: writeCapacityUnits
            )
        )
    }

    @Test func sidesThatSayTheSameAgree() {
        #expect(Self.report().disagreements.isEmpty)
        #expect(Self.report().lines.last == "Both sides agree.")
    }

    @Test(arguments: [
        ("INSERT records", Self.report(insertRecords: 99)), ("BatchWriteItem", Self.report(batchWriteItemRequests: 3)),
        ("DeleteItem", Self.report(deleteItemRequests: 1)), ("items deleted", Self.report(itemsDeleted: 75)),
        ("left in staging", Self.report(stagingItemsLeft: 25)), ("capacity", Self.report(writeCapacityUnits: 75)),
    ])
    func eachFigureCanDisagree(title: String, report: HeadlineReport) throws {
        let disagreement = try #require(report.disagreements.first)
        #expect(report.disagreements.count == 1)
        #expect(disagreement.contains(title))
        #expect(report.lines.contains { $0.contains(title) && $0.hasSuffix("<- differs") })
    }

    @Test func theJSONHasTheNamesThatScriptsRelyOn() {
        let text = String(decoding: Self.report().json, as: UTF8.self)
        #expect(
            text == """
                {"v":1,"messages":100,"engine":{"insertRecords":100,"batches":1,"batchWriteItemRequests":4,\
                "deleteItemRequests":0,"itemsDeleted":100,"writeCapacityUnits":100.0},"endpoint":\
                {"batchWriteItemRequests":4,"deleteItemRequests":0,"itemsDeleted":100,"stagingItemsLeft":0,\
                "writeCapacityUnits":100.0},"agree":true}
                """
        )
    }
}
