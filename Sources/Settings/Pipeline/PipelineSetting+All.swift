// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension PipelineSetting {
    /// The settings under one heading.
    package struct Section: Hashable, Sendable {
        package var title: String
        package var settings: [PipelineSetting]
    }

    /// All settings.
    package static let all: [PipelineSetting] = Self.sections.flatMap(\.settings)

    /// All settings, in the order in which people read them.
    ///
    /// A test holds them against the options of the commands.
    package static let sections: [Section] = [
        Section(title: "Stream", settings: Self.stream),
        Section(title: "Connection", settings: Self.connection),
        Section(title: "Batches", settings: Self.batches),
        Section(title: "Failures", settings: Self.failures),
        Section(title: "Handler", settings: Self.handler),
        Section(title: "Handler delete", settings: Self.delete),
        Section(title: "Handler aggregate", settings: Self.aggregate),
        Section(title: "Handler command", settings: Self.command),
        Section(title: "Handler function", settings: Self.function),
        Section(title: "Handler delete-objects", settings: Self.objects),
        Section(title: "Positions", settings: Self.positions),
        Section(title: "End", settings: Self.end),
        Section(title: "Output", settings: Self.output),
        Section(title: "Dashboard", settings: Self.dashboard),
    ]

    /// Options that are no settings, and why.
    package static let excluded: [String: String] = [
        "config": "it names the file",
        "mapping": "it names the file",
        "yes": "a file cannot agree to something in your place; --yes is for the command line alone",
        "record": "a recording is never written over, so each run names its own file",
        "redact": "it is about the recording of one run",
        "record-max-size": "it is about the recording of one run",
        "record-keep-parts": "it is about the recording of one run",
        "record-append": "it is about the recording of one run",
        "snapshot": "it is about one run, which ends with it",
        "pane": "it is about the picture that --snapshot prints",
        "json": "it is for the answer of 'weir check', and for the command line alone",
        "account": "it is for 'weir policy', and for the command line alone",
        "list-streams": "it is for 'weir policy', and for the command line alone",
        "help": "it is a question",
        "version": "it is a question",
    ]
}
