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
            discussion:
                "The file must not be there yet, unless --record-append is said. It holds whole records and can be read by its owner alone.",
            valueName: "file"
        )
    )
    var record: String?

    @Option(
        name: .customLong("redact"),
        help: ArgumentHelp(
            "Leave out of each recording, also of one that key w begins: \(RedactionRule.forms).",
            discussion:
                "Values keep type and length; 'weir recording redact --help' says more. Without a screen it needs --record.",
            valueName: "what"
        ),
        transform: RedactionRule.read
    )
    var redact: RedactionRule?

    @Option(
        name: .customLong("record-max-size"),
        help: ArgumentHelp(
            "Go on in another file when --record has so many bytes: \(SizeArgument.forms).",
            discussion: "FILE.weir is followed by FILE.2.weir and so on; each opens by itself.",
            valueName: "size"
        ),
        transform: SizeArgument.within(SizeArgument(1_000_000), SizeArgument(1_000_000_000_000))
    )
    var maximumSize: SizeArgument?

    @Option(
        name: .customLong("record-keep-parts"),
        help: ArgumentHelp("Keep only the newest files of --record-max-size and remove the others.", valueName: "n"),
        transform: NumberArgument.within(1...1_000_000)
    )
    var keptParts: Int?

    @Flag(
        name: .customLong("record-append"),
        help: ArgumentHelp(
            "Go on with the file of --record if it is there: a recording of the same stream and pipeline.",
            discussion: "The time in between is a gap on the timeline."
        )
    )
    var appends = false

    /// Where the session is kept; nil: nowhere.
    var target: RecordingTarget? { self.record == nil ? nil : self.template }

    /// What holds for that file, and for those that are begun while the session goes on.
    var template: RecordingTarget {
        RecordingTarget(
            path: self.record ?? "",
            redaction: self.redact,
            partBytes: self.maximumSize?.bytes,
            keptParts: self.keptParts,
            appends: self.appends
        )
    }

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses an empty name, and what makes no sense without the other.
    func validate() throws {
        if self.record == nil, self.maximumSize != nil {
            throw ValidationError("--record-max-size is the size of a recording's file: it needs --record <file>.")
        }
        if self.record == nil, self.appends {
            throw ValidationError("--record-append goes on with a recording: it needs --record <file>.")
        }
        if self.keptParts != nil, self.maximumSize == nil {
            throw ValidationError("--record-keep-parts is about the files of --record-max-size <size>: it needs that.")
        }
        if self.appends, self.maximumSize != nil {
            throw ValidationError(
                "--record-append and --record-max-size exclude each other: a recording in parts is begun anew."
            )
        }
        if self.record?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '--record <file>': a path is needed")
        }
    }

    /// Refuses a rule for recordings where there is none and no key can begin one.
    ///
    /// - Throws: What to say.
    func validateWithoutScreen() throws {
        guard self.leavesNothingOut else { return }
        throw ValidationError("--redact is about what a recording leaves out: it needs --record <file>.")
    }

    /// What to say if, against expectation, there is no screen; nil: nothing.
    var noticeWithoutScreen: String? {
        self.leavesNothingOut
            ? "weir: --redact is not used: nothing is recorded, and without a screen no key begins it" : nil
    }

    private var leavesNothingOut: Bool { self.record == nil && self.redact != nil }
}
