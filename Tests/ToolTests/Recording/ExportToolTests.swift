// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import weir

@Suite("Recorded records for other programs", .timeLimit(.minutes(2)))
struct ExportToolTests {
    @Test func aLambdaEventIsWhatAFunctionGets() async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run(["export", recorded.path, "--format", "lambda-event", "--batch", "1"])
        #expect(result.status == 0, "\(result.errors)")
        let event = try result.lastObject()
        let records = try #require(event["Records"] as? [[String: Any]])
        #expect(records.map { $0["eventID"] as? String } == ["event-1", "event-2"])
        #expect(records[0]["eventSourceARN"] as? String == RecordedOrders.description.streamARN.text)
        let all = try await ToolProcess.run(["export", recorded.path, "--format", "lambda-event"])
        #expect(try all.objects().map { ($0["Records"] as? [Any])?.count } == [2, 1])
    }

    @Test func whatIsExportedAsDynamoDBJSONCanBeHeldAgainstFilters() async throws {
        let recorded = try await RecordedOrders()
        let file = "\(recorded.folder.path)/records.jsonl"
        let result = try await ToolProcess.run([
            "export", recorded.path, "--format", "dynamodb-json", "--output", file,
        ])
        #expect(result.status == 0 && result.output == "", "\(result.errors)")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let test = try await ToolProcess.run(["filter", "test", "--pattern", #"{"eventName":["INSERT"]}"#, file])
        #expect(test.status == 1)
        #expect(test.output.contains("record 1: matches") && test.output.contains("record 3: matches"))
        let again = try await ToolProcess.run(["export", recorded.path, "--format", "csv", "--output", file])
        #expect(again.status == 2 && again.errors.contains("is there already"))
    }

    @Test func plainJSONHasNoTypes() async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run([
            "export", recorded.path, "--format", "json", "--shard", "shardId-2",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.output == #"""
                {"event_id":"event-3","event_name":"INSERT","created_at":"2026-11-21T08:43:18.000Z",\#
                "delivered_at":"2026-11-21T08:44:19.000Z","shard":"shardId-2","batch":2,"sequence_number":"300",\#
                "size_bytes":40,"expired":false,"keys":{"id":"o-3"},"new_image":{"customer":"alice","id":"o-3",\#
                "note":null,"open":true,"place":{"city":"Ulm"},"tags":["new","paid"],"total":12}}

                """#
        )
    }

    @Test func aTableHasAColumnForEachAttribute() async throws {
        let recorded = try await RecordedOrders(customer: "=1+1,\"x\"\ny")
        let result = try await ToolProcess.run(["export", recorded.path, "--format", "csv", "--to", "30"])
        #expect(result.status == 0, "\(result.errors)")
        let fixed = "2026-11-21T08:43:18.000Z,2026-11-21T08:43:19.000Z,shardId-1,1"
        let customer = "\"'=1+1,\"\"x\"\"\ny\""
        let rest = #"null,true,"{""city"":""Ulm""}","[""new"",""paid""]",12"#
        #expect(
            result.output
                == [
                    "event_id,event_name,created_at,delivered_at,shard,batch,sequence_number,size_bytes,expired,Keys.id,"
                        + "NewImage.customer,NewImage.id,NewImage.note,NewImage.open,NewImage.place,NewImage.tags,"
                        + "NewImage.total,OldImage.id,OldImage.total",
                    "event-1,INSERT,\(fixed),100,40,false,o-1,\(customer),o-1,\(rest),,",
                    "event-2,MODIFY,\(fixed),200,40,false,o-2,\(customer),o-2,\(rest),o-2,-5", "",
                ].joined(separator: "\r\n")
        )
    }

    @Test(arguments: [
        ("plain", "plain"), ("=SUM(A1)", "'=SUM(A1)"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("＝1", "'＝1"), ("a=b", "a=b"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("=\"", "\"'=\"\"\""), ("", ""),
        ("a\r\nb", "\"a\r\nb\""),
    ])
    func textThatASpreadsheetWouldRunIsHarmless(text: String, cell: String) {
        #expect(CSVRow.bytes([.text(text)], isForTerminal: false) == Array("\(cell)\r\n".utf8))
    }

    @Test func aNumberBelowZeroStaysANumber() {
        #expect(CSVRow.bytes([.word("-5"), .empty, .word("1")], isForTerminal: false) == Array("-5,,1\r\n".utf8))
    }

    @Test func onATerminalControlCharactersAreVisible() {
        let bytes = CSVRow.bytes([.text("a\u{1B}[2J\nb")], isForTerminal: true)
        #expect(bytes == Array("a␛[2J␊b\r\n".utf8))
    }

    @Test func anAsciicastShowsTheDashboardAsTheSessionWentOn() async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run(["export", recorded.path, "--format", "asciicast", "--size", "100x30"])
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        let head = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(head["version"] as? Int == 2 && head["width"] as? Int == 100 && head["height"] as? Int == 30)
        #expect(head["timestamp"] as? Int == 1_795_250_598)
        var terminal = PlainTerminal(columns: 100, rows: 30)
        var before = 0.0
        var screens: [Double: String] = [:]
        for line in lines.dropFirst() {
            let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
            let time = try #require(event[0] as? Double)
            #expect(time >= before && event[1] as? String == "o")
            before = time
            terminal.show(try #require(event[2] as? String))
            screens[time] = terminal.text
        }
        #expect(before == 64)
        #expect(screens[0]?.contains("o-1") == false && screens[1]?.contains("o-1") == true)
        #expect(screens[61]?.contains("o-3") == true && screens[30]?.contains("o-3") == false)
        #expect(screens[64]?.contains("Orders") == true && screens[64]?.contains("100.0%") == true)
    }

    @Test func whatIsDamagedIsLeftOutAndExitsWithThree() async throws {
        let recorded = try await RecordedOrders()
        try RecordingToolTests.change(recorded.path, "DELETE FROM batch WHERE batch = 1")
        let result = try await ToolProcess.run(["export", recorded.path, "--format", "json"])
        #expect(result.status == 3 && result.errors.contains("damaged in 1 place"), "\(result.errors)")
        #expect(try result.objects().map { $0["event_id"] as? String } == ["event-3"])
    }

    @Test(arguments: [
        (["--format", "xml"], "'xml' is invalid for '--format <format>'"),
        (["--format", "csv", "--batch", "9"], "--batch 9: there is no such batch"),
        (
            ["--format", "csv", "--batch", "0"],
            "'0' is invalid for '--batch <n>': a whole number is accepted, from 1 up"
        ),
        (["--format", "csv", "--batch", "1", "--to", "5"], "--batch and --from or --to exclude each other"),
        (
            ["--format", "csv", "--shard", "x"],
            "there is no batch of it in FILE; shards with batches: shardId-1, shardId-2"
        ),
        (["--format", "csv", "--output", ""], "'--output <file>': a name is needed"),
        (["--format", "csv", "--size", "80x24"], "--size is for --format asciicast"),
        (
            ["--format", "asciicast", "--size", "10x5"],
            "'10x5' is invalid for '--size <size>': columns and rows are accepted"
        ),
        (["--format", "asciicast", "--shard", "shardId-1"], "--from and --to choose a part"),
        ([], "--format"),
    ])
    func aWrongInputIsNamedAndExitsWithTwo(options: [String], message: String) async throws {
        let recorded = try await RecordedOrders()
        let result = try await ToolProcess.run(["export", recorded.path] + options)
        #expect(result.status == 2)
        #expect(result.errors.contains(message.replacing("FILE", with: recorded.path)), "\(result.errors)")
    }
}
