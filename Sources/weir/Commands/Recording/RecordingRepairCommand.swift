// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// `weir recording repair`: what is whole of a damaged recording.
struct RecordingRepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Make a whole recording of what can be read of a damaged one.",
        discussion: """
            Every event and every record that is what was written goes into the new file; what cannot be read becomes a \
            gap. Behind a gap the next whole state of the old file tells what the session was, so figures are right again \
            from there on. A file whose writer was killed is made a complete one in this way, too.

            Exit code: 0, also if much was lost, which is said; 2 it is no recording; 3 nothing of it can be read.

            EXAMPLES
              weir recording repair damaged.weir --output whole.weir
            """
    )

    @OptionGroup
    var files: NewRecordingArguments

    func run() async throws {
        let result = try await self.files.write { _, _ in }
        guard result.damageCount > 0 else { return }
        LineOutput.standardError().line(
            "\(self.files.file) was damaged in \(RunSummary.count(result.damageCount, "place")); they are gaps now."
        )
    }
}
