// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir recording`: what can be done with recorded sessions beside playing them.
struct RecordingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recording",
        abstract: "Look into recorded sessions, check them, and make others of them.",
        discussion: """
            No recording is ever changed: what makes another one of it writes a file that is not there yet, readable for \
            its owner alone.

            EXAMPLES
              weir recording info session.weir
              weir recording verify session.weir
              weir recording dump session.weir --from 12:31 --to 12:40 --records
              weir recording cut session.weir --from 12:31 --to 12:40 --output part.weir
              weir recording redact part.weir --redact values --output shared.weir
              weir recording repair damaged.weir --output whole.weir
              weir recording merge-markers mine.weir theirs.weir --output both.weir
            """,
        subcommands: [
            RecordingInfoCommand.self, RecordingVerifyCommand.self, RecordingDumpCommand.self,
            RecordingCutCommand.self, RecordingRedactCommand.self, RecordingRepairCommand.self,
            RecordingMergeMarkersCommand.self,
        ]
    )
}
