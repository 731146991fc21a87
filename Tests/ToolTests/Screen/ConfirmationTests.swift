// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import StreamSession
import TestSupport
import Testing

@testable import weir

/// Before the first delete a person is asked, and only a yes is a yes.
@Suite("Confirmation", .timeLimit(.minutes(5)))
struct ConfirmationTests {
    @Test(arguments: ["y", "yes", "Y", "YES", " yes "])
    func theseMeanYes(answer: String) {
        #expect(Confirmation.isYes(answer))
    }

    @Test(arguments: [nil, "", "n", "no", "yess", "y n", "ja", "1", "true"])
    func everythingElseMeansNo(answer: String?) {
        #expect(!Confirmation.isYes(answer))
    }

    @Test(
        .enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)),
        arguments: ["", "n", "yes"]
    )
    func aPersonIsAskedOnTheTerminal(answer: String) async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 30, seed: 7)
            try await TmuxSession.with { session in
                let program = "'\(ProgramRun.builtProgram("weir"))' run --endpoint-url \(pipeline.endpoint)"
                let options = "--table \(StoryTables.messages) --handler delete --staging \(StoryTables.staging)"
                let limits = "--starting-position TRIM_HORIZON --until-idle 300ms"
                let positions = "--checkpoint-file '\(folder.path)/positions.sqlite'"
                try await session.type(
                    "AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo AWS_REGION=us-east-1 "
                        + "\(program) \(options) \(limits) \(positions) >'\(folder.path)/lines'; echo status=$?"
                )
                try await session.press("Enter")
                let question = try await session.waitForText("[y/N]")
                // What is going to happen stands above the question.
                for fact in [StoryTables.messages, StoryTables.staging, "BatchWriteItem", "messageId", "us-east-1"] {
                    #expect(question.contains(fact), "\(fact)")
                }
                #expect(try await pipeline.stagingItems() == 30)
                try await session.type(answer)
                try await session.press("Enter")
                let screen = try await session.waitForScreen("an end") { $0.contains(#/status=\d/#) }
                let isYes = answer == "yes"
                #expect(screen.contains(isYes ? "status=0" : "status=1"))
                #expect(screen.contains("nothing was deleted") == !isYes)
                #expect(try await pipeline.stagingItems() == (isYes ? 0 : 30))
            }
        }
    }
}
