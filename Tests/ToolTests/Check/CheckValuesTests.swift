// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import RecordHandlers
import Testing

@testable import weir

@Suite("weir check: what is compared, and how it is told")
struct CheckValuesTests {
    @Test(
        arguments: [
            (nil, CheckFinding.Status.skip, "no answer"), (.zero, .pass, "agrees"), (.seconds(3), .pass, "agrees"),
            (.milliseconds(-3000), .pass, "agrees"), (.seconds(7), .warn, "7 s behind the service"),
            (.seconds(-300), .warn, "300 s ahead of the service"), (.milliseconds(300_500), .fail, "300 s behind"),
            (.seconds(-4000), .fail, "4000 s ahead of"),
        ] as [(Duration?, CheckFinding.Status, String)]
    )
    func aClockMayBeSomeSecondsOff(offset: Duration?, status: CheckFinding.Status, words: String) {
        let finding = ClockCheck.finding(offset)
        #expect(finding.check == "clock")
        #expect(finding.status == status)
        #expect(finding.message.contains(words), "\(finding)")
        #expect((finding.advice != nil) == (status == .warn || status == .fail))
    }

    private static func shape(
        _ viewType: StreamViewType,
        _ events: Set<ChangeKind>,
        _ places: [RecordPlace]
    ) -> [CheckFinding] {
        RecordShapeCheck(
            viewType: viewType,
            events: events,
            readings: [.init(option: "--key", places: places, consequence: "their batches fail")]
        ).findings
    }

    @Test(
        arguments: [
            (StreamViewType.keysOnly, Set<ChangeKind>(), [RecordPlace.keys], CheckFinding.Status.pass),
            (.keysOnly, [], [], .pass), (.keysOnly, [.remove], [.oldImage], .fail), (.newImage, [], [.oldImage], .fail),
            (.oldImage, [.remove], [.oldImage, .keys], .pass), (.newAndOldImages, [.remove], [.newImage], .warn),
            (.newAndOldImages, [], [.oldImage], .warn), (.newAndOldImages, [.insert, .modify], [.newImage], .pass),
            (.newAndOldImages, [.insert], [.oldImage], .warn),
        ] as [(StreamViewType, Set<ChangeKind>, [RecordPlace], CheckFinding.Status)]
    )
    func whatAHandlerReadsMustBeInTheRecords(
        viewType: StreamViewType,
        events: Set<ChangeKind>,
        places: [RecordPlace],
        status: CheckFinding.Status
    ) {
        let findings = Self.shape(viewType, events, places)
        #expect(findings.map(\.status) == [status], "\(findings)")
        #expect(findings.allSatisfy { $0.check == "view-type" && ($0.advice == nil) == (status == .pass) })
    }

    @Test func theEventsThatLackAnImageAreNamed() throws {
        let finding = try #require(Self.shape(.newAndOldImages, [], [.oldImage]).first)
        #expect(finding.message == "--key names OldImage, which INSERT records do not have: their batches fail")
        #expect(finding.advice == "Leave INSERT out with --events.")
    }

    private static let report = CheckReport(findings: [
        .pass("region", "eu-central-1"), .warn("clock", "7 s behind", "Set it."),
        .fail("stream", "\u{1B}[2Jgone", "Name another."), .skip("permission", "sns:Publish"),
    ])

    @Test func aReportHasALineForEachFindingAndTheSums() {
        #expect(
            Self.report.lines == [
                "pass  region      eu-central-1", "warn  clock       7 s behind", "                  Set it.",
                "fail  stream      \(VisibleText.line("\u{1B}[2Jgone"))", "                  Name another.",
                "skip  permission  sns:Publish",
                "1 passed, 1 warning, 1 failed, 1 not tried",
            ]
        )
        #expect(!Self.report.lines.contains { $0.contains("\u{1B}") })
        #expect(Self.report.isFailed)
    }

    @Test func theSameIsOneObject() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.report.json)) as? [String: Any]
        )
        #expect(object["v"] as? Int == 1 && object["type"] as? String == "check")
        #expect(object["result"] as? String == "fail")
        let findings = try #require(object["findings"] as? [[String: String]])
        #expect(findings.map { $0["status"] } == ["pass", "warn", "fail", "skip"])
        #expect(findings.map { $0["advice"] } == [nil, "Set it.", "Name another.", nil])
        for (statuses, result) in [([CheckFinding.Status.pass, .skip], "pass"), ([.pass, .warn], "warn")] {
            let report = CheckReport(findings: statuses.map { CheckFinding(check: "x", status: $0, message: "") })
            #expect(String(decoding: report.json, as: UTF8.self).contains(#""result":"\#(result)""#))
            #expect(!report.isFailed)
        }
    }

    @Test func aMissingPermissionIsAFindingOfItsOwn() {
        let denied = DynamoDBError(.accessDenied, "User is not authorized")
        #expect(CheckFinding.fail("table", "describing T", denied).status == .skip)
        let finding = CheckFinding.permission("dynamodb:DescribeTable", on: "table T", denied)
        #expect(finding?.status == .fail)
        #expect(finding?.advice?.contains("weir policy") == true)
        // What is not there has been looked for.
        let missing = DynamoDBError(.resourceNotFound, "no")
        #expect(CheckFinding.permission("dynamodb:DescribeTable", on: "table T", missing)?.status == .pass)
        #expect(CheckFinding.permission("dynamodb:DescribeTable", on: "table T", nil)?.status == .pass)
        let broken = DynamoDBError(.connectionFailed, "no")
        #expect(CheckFinding.permission("dynamodb:DescribeTable", on: "table T", broken) == nil)
    }

    @Test(arguments: [
        (DynamoDBError.Code.unrecognizedClient, "credentials"), (.expiredToken, "credentials"),
        (.connectionFailed, "endpoint"), (.timedOut, "endpoint"), (.internalServerError, "table"),
    ])
    func aFailureIsSaidOfWhatIsToBeMended(code: DynamoDBError.Code, check: String) {
        let finding = CheckFinding.fail("table", "describing T", DynamoDBError(code, "text", advice: "Do this."))
        #expect(finding.check == check && finding.status == .fail && finding.advice == "Do this.")
    }
}
