// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Foundation
import HTTPTypes
import Hummingbird
import StreamSession
import TestServers
import TestSupport
import Testing

@testable import weir

/// No text of a record, of a service or of the command line does anything to the terminal it is printed on.
@Suite(.timeLimit(.minutes(2)))
struct HostileOutputTests {
    /// Clears the screen in two ways, turns the text around, hides a part of it, and forges a line.
    private static let hostile = "T\u{1B}[2J\u{9B}2J\u{202E}\u{200B}\u{7F}\nweir: forged\r"
    private static let json = #"T\u001b[2J\u009b2J\u202e\u200b\u007f\nweir: forged\r"#
    private static let visible = #"T␛[2J\x9b2J\u{202e}\u{200b}␡␊weir: forged␍"#
    private static let region = ["--region", "us-east-1"]
    private static let environment = ToolProcess.environment([
        "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key", "AWS_MAX_ATTEMPTS": "1",
    ])

    /// Whether nothing but whole lines of visible characters is in it.
    private static func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n"
            case .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        } && !text.contains("\nweir: forged")
    }

    /// Answers calls of the Streams service with hostile names, and all others with a hostile refusal.
    private static func withService(_ body: (_ options: [String]) async throws -> Void) async throws {
        let arn = "arn:aws:dynamodb:us-east-1:1:table/\(Self.json)/stream/L"
        let facts = #""StreamArn":"\#(arn)","TableName":"\#(Self.json)","StreamLabel":"L""#
        try await ScriptedServer.run { request, _ in
            let target = HTTPField.Name("X-Amz-Target").flatMap { request.headers[$0] } ?? ""
            switch target.split(separator: ".").last {
            case "ListStreams": return ScriptedServer.response(#"{"Streams":[{\#(facts)}]}"#)
            case "DescribeStream":
                let state = #""StreamStatus":"ENABLED","StreamViewType":"KEYS_ONLY","Shards":[]"#
                let keys = #""KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]"#
                return ScriptedServer.response(#"{"StreamDescription":{\#(facts),\#(state),\#(keys)}}"#)
            default:
                return ScriptedServer.response(
                    #"{"__type":"\#(Self.json)","message":"no \#(Self.json)"}"#,
                    status: .badRequest
                )
            }
        } _: { endpoint in
            try await body(["--endpoint-url", "http://127.0.0.1:\(endpoint.port)"] + Self.region)
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("Grüße, 日本 – …", "Grüße, 日本 – …"), (hostile, visible), (visible, visible), ("", ""),
        ("a\tb", "a␉b"),
    ])
    func aLineShowsWhatATerminalWouldObey(text: String, expected: String) throws {
        let folder = try TemporaryFolder()
        try LineOutput.file("\(folder.path)/output").line(text)
        #expect(try String(contentsOfFile: "\(folder.path)/output", encoding: .utf8) == "\(expected)\n")
    }

    @Test func aQuestionIsHarmlessToo() throws {
        let folder = try TemporaryFolder()
        try LineOutput.file("\(folder.path)/output").question("Delete from \(Self.hostile)?")
        let text = try String(contentsOfFile: "\(folder.path)/output", encoding: .utf8)
        #expect(text == "Delete from \(Self.visible)? ")
    }

    @Test func theReasonOfASummaryStaysInItsLine() {
        let summary = RunSummary(
            totals: SessionTotals(),
            wall: .zero,
            session: .zero,
            cpu: .zero,
            startupCPU: .zero,
            maximumResidentKiB: 0,
            reason: Self.hostile,
            lastResult: .none
        )
        #expect(summary.lines == ["0 records in 0 batches, 0.0 s; \(Self.hostile)"])
    }

    @Test func namesInTheListOfStreamsAreHarmless() async throws {
        try await Self.withService { options in
            let result = try await ToolProcess.run(["streams"] + options, environment: Self.environment)
            #expect(result.status == 0, "\(result.errors)")
            #expect(Self.isHarmless(result.output + result.errors), "\(result.output)")
            let lines = result.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last?.hasPrefix("\(Self.visible)  ENABLED") == true, "\(result.output)")
            // The columns are where the head has them.
            let column = lines.map { line in
                line.ranges(of: #/ {2}(STATUS|ENABLED)/#).first.map { line[..<$0.lowerBound].count }
            }
            #expect(column.first == column.last)
            let json = try await ToolProcess.run(["streams", "--json"] + options, environment: Self.environment)
            #expect(Self.isHarmless(json.output))
            #expect(try json.lastObject()["table"] as? String == Self.hostile)
        }
    }

    @Test func anErrorOfTheServiceIsHarmlessOnTheTerminalAndInTheLog() async throws {
        let folder = try TemporaryFolder()
        try await Self.withService { options in
            let log = "\(folder.path)/log"
            let result = try await ToolProcess.run(
                ["run", "--table", "T\u{1B}[2J", "--log-file", log, "--log-level", "trace"] + options,
                environment: Self.environment
            )
            #expect(result.status == 4)
            #expect(result.errors.contains("no \(Self.visible)"), "\(result.errors)")
            #expect(result.errors.contains("T␛[2J"))
            #expect(result.errors.split(separator: "\n").count == 1)
            #expect(Self.isHarmless(result.output + result.errors))
            let lines = try String(contentsOfFile: log, encoding: .utf8)
            #expect(!lines.isEmpty && Self.isHarmless(lines), "\(lines)")
        }
    }

    @Test(arguments: [
        ["run", "--table", "T", "--batch-size", hostile], ["run", "--table", "T", "--batch-size=\(hostile)"],
        ["run", "--table", "T", "--\(hostile)"], ["run", "--stream-arn", hostile], [hostile],
        ["local", "--fault", hostile], ["filter", "test", "--pattern", #"{"a":["b"]}"#, hostile],
    ])
    func whatTheUserWroteIsHarmlessInARefusal(arguments: [String]) async throws {
        let result = try await ToolProcess.run(arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains("forged"))
        #expect(Self.isHarmless(result.output + result.errors), "\(result.errors)")
    }
}
