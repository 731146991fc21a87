// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension PipelineSetting {
    static let positions: [PipelineSetting] = [
        PipelineSetting(
            "pipeline",
            .text,
            standard: .value("default"),
            example: "\"default\"",
            about: "Name of the pipeline; each has positions of its own."
        ),
        PipelineSetting(
            "checkpoint-file",
            .text,
            standard: .described("weir/checkpoints.sqlite in $XDG_STATE_HOME or ~/.local/state"),
            example: "\"positions.sqlite\"",
            about: "SQLite file that keeps how far each shard is done, or \"none\" to keep it in memory."
        ),
    ]

    static let end: [PipelineSetting] = [
        PipelineSetting(
            "until-idle",
            .duration,
            standard: .described("never"),
            example: "\"5s\"",
            about: "End when nothing was read for so long and all is handled."
        ),
        PipelineSetting(
            "until-shards-end",
            .toggle,
            standard: .value("false"),
            example: "false",
            about: "End when every shard is closed and handled to its end."
        ),
        PipelineSetting(
            "max-records",
            .number,
            standard: .described("never"),
            example: "1000",
            about: "End after so many records were handled."
        ),
        PipelineSetting(
            "for",
            .duration,
            standard: .described("never"),
            example: "\"10m\"",
            about: "End after so long."
        ),
    ]

    static let output: [PipelineSetting] = [
        PipelineSetting(
            "records-out",
            .text,
            standard: .described("nowhere"),
            example: "\"records.jsonl\"",
            commands: [.run, .check, .policy],
            about: "Append each record as a JSON line to this file; - is standard output."
        ),
        PipelineSetting(
            "log-file",
            .text,
            standard: .described("none"),
            example: "\"weir.log\"",
            about: "Append a log of what the program does to this file."
        ),
        PipelineSetting(
            "log-format",
            .text,
            standard: .value("text"),
            example: "\"json\"",
            about: "text or json: how lines of the log are written."
        ),
        PipelineSetting(
            "log-level",
            .text,
            standard: .value("debug"),
            example: "\"info,engine=debug\"",
            about: "trace, debug, info, notice, warning, error or critical, for all or for a component."
        ),
        PipelineSetting(
            "trace-records",
            .toggle,
            standard: .value("false"),
            example: "false",
            about: "Log each record that is handed to the handler, without values; needs log-file."
        ),
        PipelineSetting(
            "trace-values",
            .toggle,
            standard: .value("false"),
            example: "false",
            about: "With trace-records: log keys and images whole."
        ),
    ]

    static let dashboard: [PipelineSetting] = [
        PipelineSetting(
            "read-only",
            .toggle,
            standard: .value("false"),
            example: "false",
            commands: [.monitor],
            about: "Refuse every handler that writes, and hold and step on the screen too."
        ),
        PipelineSetting(
            "theme",
            .text,
            standard: .value("dark"),
            example: "\"dark\"",
            commands: [.monitor],
            about: "dark, light, or the path of a theme file."
        ),
        PipelineSetting(
            "color",
            .text,
            standard: .described("none if NO_COLOR is set, else what the terminal has"),
            example: "\"truecolor\"",
            commands: [.monitor],
            about: "never, 16, 256, truecolor or always."
        ),
        PipelineSetting(
            "glyphs",
            .text,
            standard: .value("auto"),
            example: "\"auto\"",
            commands: [.monitor],
            about: "auto, braille, block or ascii."
        ),
    ]
}
