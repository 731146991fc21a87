// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// All that was found.
struct CheckReport: Hashable, Sendable {
    var findings: [CheckFinding]

    /// Whether something does not work.
    var isFailed: Bool { self.count(.fail) > 0 }

    private func count(_ status: CheckFinding.Status) -> Int {
        self.findings.count { $0.status == status }
    }

    /// One line for each finding, one more for what is to be done about it, and the sums.
    var lines: [String] {
        let width = self.findings.map(\.check.count).max() ?? 0
        return self.findings.flatMap { finding in
            let check = finding.check + String(repeating: " ", count: width - finding.check.count)
            let blank = String(repeating: " ", count: width + 8)
            let line = VisibleText.line("\(finding.status.rawValue)  \(check)  \(finding.message)")
            guard let advice = finding.advice else { return [line] }
            return [line, VisibleText.line(blank + advice)]
        } + [self.sums]
    }

    private var sums: String {
        var parts = ["\(self.count(.pass)) passed"]
        if self.count(.warn) > 0 { parts.append(RunSummary.count(self.count(.warn), "warning")) }
        parts.append("\(self.count(.fail)) failed")
        if self.count(.skip) > 0 { parts.append("\(self.count(.skip)) not tried") }
        return parts.joined(separator: ", ")
    }

    /// The same as one object, with its line break.
    var json: [UInt8] {
        SessionLines.object("check", at: nil) { json in
            json.name("result")
            json.string(self.isFailed ? "fail" : self.count(.warn) > 0 ? "warn" : "pass")
            json.name("findings")
            json.beginArray()
            for finding in self.findings {
                json.beginObject()
                json.name("check")
                json.string(finding.check)
                json.name("status")
                json.string(finding.status.rawValue)
                json.name("message")
                json.string(finding.message)
                if let advice = finding.advice {
                    json.name("advice")
                    json.string(advice)
                }
                json.endObject()
            }
            json.endArray()
        }
    }
}
