// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import Simulation
import StreamSession
import Testing

@testable import weir

@Suite("What what-if prints")
struct WhatIfReportTests {
    private static func figures(_ invocations: Int, p99: UInt32) -> SimulationFigures {
        var sizes: [UInt32] = [5, 100]
        var delays: [UInt32] = [10, p99]
        return SimulationFigures(
            invocations: invocations,
            records: 105,
            requests: ["BatchWriteItem": 5],
            batchSizes: Distribution(&sizes),
            delays: Distribution(&delays),
            mostRunning: 2,
            writeUnits: 105,
            mostWriteUnitsPerSecond: 50,
            reads: 12,
            handlerTime: .milliseconds(1500)
        )
    }

    private static func report(modes: [DeleteMode?], bound: Duration? = nil) -> WhatIfReport {
        let description = SessionDescription(
            pipeline: "default",
            streamARN: StreamARN("arn:aws:dynamodb:eu-central-1:123456789012:table/T/stream/2026-01-01T00:00:00.000"),
            tableName: "T",
            viewType: .keysOnly,
            keyNames: ["pk"],
            region: "eu-central-1",
            handler: "delete from S (batch)",
            handlerWrites: true,
            startingPosition: "LATEST",
            batchSize: 100,
            batchWindow: .seconds(60),
            eventNames: [],
            toolVersion: "test"
        )
        let arrivals = RecordedArrivals(
            description: description,
            beginning: Timestamp(seconds: 0),
            end: Timestamp(seconds: 60),
            shards: [],
            work: RecordedWork(),
            readTime: .zero,
            batches: 2,
            missingEvents: 0
        )
        return WhatIfReport(
            file: "s.weir",
            arrivals: arrivals,
            settings: modes.map {
                SimulationSettings(batchSize: 100, batchWindow: .seconds(60), parallelizationFactor: 1, deleteMode: $0)
            },
            figures: modes.indices.map { Self.figures(2 * ($0 + 1), p99: UInt32(4000 * ($0 + 1))) },
            latencyBound: bound
        )
    }

    @Test func theTableSaysWhatWasRecordedAndWhatItsMarksMean() {
        let lines = WhatIfTable.lines(Self.report(modes: [.item, .batch], bound: .seconds(5)))
        #expect(
            lines == [
                "s.weir: 0 records of 0 shards in 1m00s; recorded with batch size 100, 1m window, factor 1, "
                    + "delete mode batch: 2 batches",
                "",
                "   batch size  window  factor  delete  invocations  requests  batch mean  batch p99  added p50  added p99  at once  WCU  $/month",
                "*         100      1m       1    item            2         5        52.5        100       10ms       4.0s        2  105    $2.99",
                "=         100      1m       1   batch            4         5        52.5        100       10ms       8.0s        2  105    $3.00",
                "",
                "* the cheapest with which 99 of 100 records are done within 5s",
                "= as recorded",
                "$/month is an estimate, of a month that goes on like this session: \(PriceList.source).",
            ]
        )
    }

    @Test func whereNothingIsDeletedThereAreNoColumnsOfDeletes() {
        let head = WhatIfTable.lines(Self.report(modes: [nil]))[2]
        #expect(!head.contains("delete"))
        #expect(!head.contains("requests"))
        #expect(!head.contains("WCU"))
    }

    @Test func barsAreAsLongAsTheirValues() {
        let report = Self.report(modes: [.item, .batch])
        #expect(
            WhatIfChart.lines(report, isUTF8: false) == [
                "", "                 invocations                 added p99",
                " 100 1m x1 item  ############ 2              ############ 4.0s",
                "100 1m x1 batch  ######################## 4  ######################## 8.0s",
            ]
        )
        #expect(WhatIfChart.lines(report, isUTF8: true)[2].contains(" ████████████ 2 "))
    }

    @Test func aRowHasTheSameNamesInEveryForm() throws {
        let report = Self.report(modes: [.batch])
        let names = WhatIfFields.of(report.rows[0]).map(\.name)
        #expect(Set(names).count == names.count)
        let csv = WhatIfCSV.lines(report)
        #expect(csv[0] == names.joined(separator: ","))
        #expect(csv[1].hasPrefix("100,60000,1,batch,2,5,52.5,100,100,10,4000,4000,2,105.0,50.0,12,1500,"))
        #expect(csv[1].hasSuffix(",true,false"))
        let json = String(decoding: WhatIfLines.lines(report)[1], as: UTF8.self)
        for name in names { #expect(json.contains("\"\(name)\":")) }
    }

    @Test(arguments: [
        (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false), ([:], false),
        (["LANG": "C.UTF-8", "LC_ALL": "C"], false), (["LANG": "C.UTF-8", "LC_ALL": ""], true),
    ])
    func theLocaleSaysWhatCanBeShown(environment: [String: String], isUTF8: Bool) {
        #expect(LocaleVariables.isUTF8(environment) == isUTF8)
    }
}
