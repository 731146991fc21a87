// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// Where a recording that is made of another one goes.
struct NewRecordingArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("A recording.", valueName: "file"))
    var file: String

    @Option(
        name: .long,
        help: ArgumentHelp("The new recording, a file that is not there yet.", valueName: "file")
    )
    var output: String

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses an empty name.
    func validate() throws {
        if self.output.isEmpty {
            throw ValidationError("The value '' is invalid for '--output <file>': a path is needed")
        }
    }

    /// Makes the new recording.
    ///
    /// - Parameter prepare: Says what is different in it.
    /// - Returns: What came of it, which is told on standard error as well.
    /// - Throws: `RecordingError`, and what `prepare` throws.
    @discardableResult
    func write(
        _ prepare: (RecordingReader, inout RecordingRewrite) throws -> Void
    ) async throws -> RecordingRewrite.Result {
        let reader = try RecordingReader(path: self.file)
        var rewrite = RecordingRewrite(reader, toolVersion: WeirCommand.version)
        try prepare(reader, &rewrite)
        let result = try await rewrite.write(to: self.output)
        let events = RunSummary.count(result.events, "event")
        LineOutput.standardError().line(
            "Wrote \(events) to \(self.output); weir play \(ShellWord.quoted(self.output))"
        )
        return result
    }

    /// Ends a program that has met damages where it does not expect any.
    ///
    /// - Throws: ``ProgramFailure`` with the exit code for it, if there were some.
    func end(_ result: RecordingRewrite.Result) throws(ProgramFailure) {
        guard result.damageCount > 0 else { return }
        throw ProgramFailure(
            status: ExitStatus.damaged,
            message: "\(self.file) is damaged in \(RunSummary.count(result.damageCount, "place")), which are gaps in "
                + "\(self.output). weir recording verify \(ShellWord.quoted(self.file)) says where."
        )
    }
}
