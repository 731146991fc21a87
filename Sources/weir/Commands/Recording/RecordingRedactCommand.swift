// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

/// `weir recording redact`: a recording without values.
struct RecordingRedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Make a recording without the values of another one.",
        discussion: """
            With values, every attribute keeps its name, its type and its length, and whether a change has changed it; a key \
            becomes a name of 16 hexadecimal digits, the same for the same key within the file. With all, names of attributes become \
            such names, too, and markers, account, profile and endpoint are left out. With names of attributes, such as \
            email,address*, only their values are left out, at any depth.

            Whatever is chosen, the words of others are left out: reasons of failures, messages of the service, of programs \
            and functions, and filter patterns, as they may quote a record. Event ids, sequence numbers, times and sizes stay.

            Exit code: 0; 2 it is no recording; 3 it is damaged, and what could be read was written.

            EXAMPLES
              weir recording redact session.weir --output shared.weir
              weir recording redact session.weir --redact all --output shared.weir
              weir recording redact session.weir --redact 'email,address*' --output shared.weir
            """
    )

    @OptionGroup
    var files: NewRecordingArguments

    @Option(
        name: .long,
        help: ArgumentHelp("What is left out: \(RedactionRule.forms) (default: values).", valueName: "what"),
        transform: RedactionRule.read
    )
    var redact = RedactionRule.values

    func run() async throws {
        let result = try await self.files.write { _, rewrite in rewrite.redactor = .random(self.redact) }
        try self.files.end(result)
    }
}
