// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording
import StreamSession

/// `weir recording merge-markers`: the markers of other recordings in one.
struct RecordingMergeMarkersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge-markers",
        abstract: "Make a recording with the markers of others of the same time.",
        discussion: """
            For several people who have recorded the same hour and marked what each of them saw. A marker goes where its \
            time says; one that is there already, and one from before or after the session, is left out. Events behind an \
            added marker get higher numbers, batches keep theirs.

            Exit code: 0; 2 one of them is no recording; 3 the first one is damaged, and what could be read was written.

            EXAMPLES
              weir recording merge-markers mine.weir theirs.weir --output both.weir
            """
    )

    @OptionGroup
    var files: NewRecordingArguments

    @Argument(help: ArgumentHelp("Recordings whose markers are added.", valueName: "others"))
    var others: [String]

    func run() async throws {
        var markers: Set<Marker> = []
        for other in self.others {
            for mark in try RecordingReader(path: other).marks() {
                if case .marker(let text) = mark.kind { markers.insert(Marker(at: mark.at, text: text)) }
            }
        }
        let found = markers.sorted { ($0.at, $0.text) < ($1.at, $1.text) }
        let result = try await self.files.write { _, rewrite in rewrite.markers = found }
        LineOutput.standardError().line(
            "Added \(RunSummary.count(result.markers, "marker")) of \(RunSummary.count(found.count, "marker")) found."
        )
        try self.files.end(result)
    }
}
