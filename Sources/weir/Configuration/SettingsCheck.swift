// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings

/// Everything there is to say about one settings file.
struct SettingsCheck {
    /// Whether nothing could start with it.
    let isWrong: Bool
    /// A line for each remark, in the order of the file, or one that all is well.
    let lines: [String]

    /// Looks at a file as both commands would.
    init(_ text: String, file: String) {
        let layer = SettingsFile.read(text, file: file)
        var remarks = layer.remarks
        for command in PipelineSetting.Command.allCases {
            let settings = ResolvedSettings([layer.entries], command: command)
            let arguments = SettingsArguments(command: [command.rawValue], given: [])
            let diagnosis = SettingsDiagnosis(of: settings.withPlaceholder) { entries in
                let names = entries.map(\.setting.key)
                let needsTable = !names.contains("table") && !names.contains("stream-arn")
                // A stream that was found wrong must not hide the rest.
                return LayeredCommandLine.failure(
                    of: arguments.all(with: entries) + (needsTable ? ["--table=table"] : [])
                )
            }
            let own = diagnosis.ownFailure.map { [SettingRemark(.error, [.file(file, Self.start)], $0)] } ?? []
            let unused = settings.setAside.map {
                SettingRemark(.note, [$0.entry.source], "\($0.entry.setting.key) is not used: \($0.reason)")
            }
            for remark in diagnosis.remarks + own + unused where !remarks.contains(remark) { remarks.append(remark) }
        }
        self.isWrong = remarks.contains { $0.level == .error }
        let sorted = remarks.sorted(by: SettingRemark.isBefore).map { remark in
            "\(remark.places): \(Self.name(remark.level)): \(remark.message)"
        }
        let count = RunSummary.count(layer.entries.count, "setting")
        self.lines = self.isWrong ? sorted : sorted + ["\(file): \(count), nothing is wrong"]
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
