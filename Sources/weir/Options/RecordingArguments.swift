// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// Whether the session is kept in a file.
struct RecordingArguments: ParsableArguments {
    @Option(
        name: .customLong("record"),
        help: ArgumentHelp(
            "Keep the session in this file, to be opened with `weir play`.",
            discussion: "The file must not be there yet. It holds whole records and can be read by its owner alone.",
            valueName: "file"
        )
    )
    var record: String?

    @Option(
        name: .customLong("redact"),
        help: ArgumentHelp(
            "Leave out of each recording, also of one that key w begins: \(RedactionRule.forms).",
            discussion: "Values keep type and length; 'weir recording redact --help' says more.",
            valueName: "what"
        ),
        transform: RedactionRule.read
    )
    var redact: RedactionRule?

    /// Where the session is kept; nil: nowhere.
    var target: RecordingTarget? { self.record.map { RecordingTarget(path: $0, redaction: self.redact) } }

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses an empty name.
    func validate() throws {
        if self.record?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '--record <file>': a path is needed")
        }
    }
}
