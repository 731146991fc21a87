// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import weir

/// An executable has no other way to be seen by its tests.
@Suite("What the check of a file finds", .timeLimit(.minutes(1)))
struct SettingsCheckTests {
    private static let fifo = "arn:aws:sqs:us-east-1:123456789012:q.fifo"

    @Test func valuesThatNoHandlerUsesAreLookedAt() {
        let check = SettingsCheck(
            """
            {"FunctionArn": "arn:aws:lambda",
             "DestinationConfig": {"OnFailure": {"Destination": "\(Self.fifo)"}}}
            """,
            file: "mapping.json"
        )
        #expect(check.isWrong)
        #expect(check.lines.count == 4, "\(check.lines)")
        #expect(check.lines.contains { $0.hasPrefix("mapping.json:1:17: error: FunctionArn is 'arn:aws:lambda'; ") })
        #expect(check.lines.contains { $0.hasPrefix("mapping.json:1:2: note: FunctionArn is not used: ") })
        let failure = check.lines.first {
            $0.contains("error: OnFailure is '\(Self.fifo)'; FIFO queues are not supported")
        }
        #expect(failure?.hasPrefix("mapping.json:2:") == true, "\(check.lines)")
        #expect(check.lines.contains { $0.contains("note: OnFailure is not used: ") })
    }

    @Test func aFunctionBesideAnotherHandlerIsLookedAt() {
        let check = SettingsCheck(
            "handler = \"delete\"\nstaging = \"S\"\nFunctionArn = \"a b\"",
            file: "weir.toml"
        )
        #expect(
            check.lines.contains { $0.hasPrefix("weir.toml:3:15: error: FunctionArn is 'a b'; ") },
            "\(check.lines)"
        )
    }

    @Test func whatIsRightAndNotUsedIsANoteAlone() {
        let check = SettingsCheck(
            "FunctionArn = \"f\"\nDestinationConfig.OnFailure.Destination = \"arn:aws:sqs:us-east-1:123456789012:q\"",
            file: "weir.toml"
        )
        #expect(!check.isWrong, "\(check.lines)")
        #expect(check.lines.last == "weir.toml: 2 settings, nothing is wrong")
    }

    @Test(arguments: [
        (
            "handler = \"frob\"",
            "handler is 'frob'; observe, delete, aggregate, command, function and delete-objects are accepted"
        ),
        ("log-format = \"xml\"", "log-format is 'xml'; text and json are accepted"),
        ("glyphs = \"dots\"", "glyphs is 'dots'; auto, braille, block and ascii are accepted"),
        ("batch-window = \"6m\"", "batch-window is '6m'; a duration"),
        ("BatchSize = 0", "BatchSize is '0'; a whole number is accepted, from 1 to 10000"),
        ("FilterCriteria = { Filters = [{ Pattern = \"x\" }] }", "Pattern is 'x'; "),
        (
            "TumblingWindowInSeconds = 60\nParallelizationFactor = 2",
            "TumblingWindowInSeconds 1m does not go together with ParallelizationFactor 2: a window"
        ),
        ("tumbling-window = \"1500ms\"", "tumbling-window is '1500ms'; whole seconds such as"),
    ])
    func eachFindingIsOneLineThatNamesWhatWasWritten(text: String, fact: String) {
        let check = SettingsCheck(text, file: "weir.toml")
        #expect(check.lines.count == 1, "\(check.lines)")
        #expect(check.lines.first?.contains("error: \(fact)") == true, "\(check.lines)")
        #expect(check.lines.allSatisfy { VisibleText.line($0) == $0 }, "\(check.lines)")
    }

    @Test func aTextThatIsCutOpenHidesNothingAndHasNoConsequences() {
        let check = SettingsCheck(
            """
            table = "x
            batch-size = 0
            staging = Staging
            handler = "delete"
            batchsize = 5
            """,
            file: "weir.toml"
        )
        let facts = [
            "weir.toml:1:9: error: a text has no end", "weir.toml:2:14: error: batch-size is '0'; ",
            "weir.toml:3:11: error: neither a number nor true or false;",
            "weir.toml:5:1: error: batchsize is no setting;",
        ]
        #expect(check.lines.count == facts.count, "\(check.lines)")
        for (line, fact) in zip(check.lines, facts) { #expect(line.hasPrefix(fact), "\(line)") }
    }

    @Test func whatFollowsAListThatIsCutOpenIsNotGuessed() {
        let check = SettingsCheck("filter = [\"a\nbatch-size = 0\n", file: "weir.toml")
        #expect(check.lines.count == 1, "\(check.lines)")
    }

    @Test func theProgramOfAFileHidesNothing() {
        let check = SettingsCheck(
            "table = \"T\"\nstream-arn = \"A\"\nhandler = \"command\"\ncommand = [\"x\"]\nstaging = \"S\"",
            file: "weir.toml"
        )
        #expect(check.lines.contains { $0.contains("--table and --stream-arn exclude each other") }, "\(check.lines)")
        #expect(check.lines.contains { $0.contains("--staging <table> needs --handler delete") }, "\(check.lines)")
    }
}
