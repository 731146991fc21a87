// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings

/// Everything there is to say about one settings file.
struct SettingsCheck {
    /// Whether nothing could start with it.
    let isWrong: Bool
    /// A line for each remark, in the order of the file, or one that all is well.
    let lines: [String]

    /// Looks at a file as both commands that read a stream would.
    init(_ text: String, file: String) {
        let layer = SettingsFile.read(text, file: file)
        var remarks = layer.remarks
        for command in PipelineSetting.Command.reading {
            let settings = ResolvedSettings([layer.entries], command: command)
            let diagnosis = SettingsDiagnosis(of: settings.withPlaceholder, unread: layer.unread) {
                Self.failure(command, $0)
            }
            // What is not used today is used by who chooses a handler tomorrow.
            let unusedValues = SettingsDiagnosis(ofSetAside: settings) { Self.failure(command, $0) }
            let own = diagnosis.ownFailure.map { [SettingRemark(.error, [.file(file, Self.start)], $0)] } ?? []
            let unused = settings.setAside.map {
                SettingRemark(.note, [$0.entry.source], "\($0.entry.name) is not used: \($0.reason)")
            }
            for remark in diagnosis.remarks + own + unusedValues.remarks + unused where !remarks.contains(remark) {
                remarks.append(remark)
            }
        }
        self.isWrong = remarks.contains { $0.level == .error }
        let sorted = remarks.sorted(by: SettingRemark.isBefore).map { remark in
            "\(remark.places): \(Self.name(remark.level)): \(remark.message)"
        }
        let count = RunSummary.count(layer.entries.count, "setting")
        self.lines = self.isWrong ? sorted : sorted + ["\(file): \(count), nothing is wrong"]
    }

    /// What the parser says of these entries; a stream that was found wrong must not hide the rest.
    private static func failure(_ command: PipelineSetting.Command, _ entries: [SettingEntry]) -> String? {
        let names = entries.map(\.setting.key)
        let needsTable = !names.contains("table") && !names.contains("stream-arn")
        let arguments = SettingsArguments(command: [command.rawValue], given: needsTable ? ["--table=table"] : [])
        return LayeredCommandLine.failure(of: arguments.all(with: entries))
    }

    private static let start = TextPlace(line: 1, column: 1)

    private static func name(_ level: SettingRemark.Level) -> String {
        switch level {
        case .error: "error"
        case .warning: "warning"
        case .note: "note"
        }
    }
}
