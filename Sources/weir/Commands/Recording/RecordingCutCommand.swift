// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// `weir recording cut`: a part of a recording.
struct RecordingCutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cut",
        abstract: "Make a recording of a part of another one.",
        discussion: """
            The new one begins with the state that the session had at that moment, so its screens show the same; with it \
            come the newest records from before, as far as the session kept them. Numbers of batches and events stay.

            Exit code: 0; 2 it is no recording, or there is no such part; 3 the part is damaged, and what could be read was \
            written.

            EXAMPLES
              weir recording cut session.weir --from 12:31 --to 12:40 --output part.weir
              weir recording cut session.weir --from -10m --output end.weir
              weir recording cut session.weir --from 'batch 812' --output rest.weir
            """
    )

    @OptionGroup
    var files: NewRecordingArguments
    @OptionGroup(title: "Part")
    var part: RangeArguments

    func validate() throws {
        if self.part.isAll { throw ValidationError("--from or --to is needed: they say which part is kept.") }
    }

    func run() async throws {
        let result = try await self.files.write { reader, rewrite in
            rewrite.range = try self.part.range(in: reader)
        }
        try self.files.end(result)
    }
}
