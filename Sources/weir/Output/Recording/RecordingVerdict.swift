// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import SessionRecording
import StreamSession

/// What checking a recording has found, for people and as a JSON line.
enum RecordingVerdict {
    /// A line for each damage, and one for all.
    static func lines(_ report: RecordingReport, path: String) -> [String] {
        var lines = report.damages.map { damage in
            let time = damage.at.map { " at \($0.iso8601)" } ?? ""
            return "\(path): \(Self.place(damage.place))\(time): \(damage.problem)"
        }
        if report.damageCount > report.damages.count {
            lines.append("\(path): and \(report.damageCount - report.damages.count) more")
        }
        let checked =
            "\(RunSummary.count(report.events, "event")), "
            + "\(RunSummary.count(report.records, "record")) in \(RunSummary.count(report.batches, "batch", "batches")), "
            + RunSummary.count(report.keyframes, "whole state")
        if report.isWhole {
            lines.append("\(path): whole: \(checked)\(Self.remarks(report))")
        } else {
            lines.append(
                "\(path): damaged in \(RunSummary.count(report.damageCount, "place")); whole are "
                    + "\(checked)\(Self.remarks(report)). weir recording repair keeps them."
            )
        }
        return lines
    }

    private static func remarks(_ report: RecordingReport) -> String {
        var text = ""
        if report.missingEvents > 0 {
            text += "; the recorder could not follow \(RunSummary.count(report.missingEvents, "event"))"
        }
        if report.unknownEvents > 0 {
            text += "; \(RunSummary.count(report.unknownEvents, "event")) of kinds that only a newer weir knows"
        }
        switch report.completeness {
        case .complete: break
        case .growing: text += "; it is being written"
        case .cutOff: text += "; cut off, as its writer could not finish it"
        }
        return text
    }

    private static func place(_ place: RecordingDamage.Place) -> String {
        switch place {
        case .file: "file"
        case .header: "header"
        case .events(let range):
            range.count == 1 ? "event \(range.lowerBound)" : "events \(range.lowerBound) to \(range.upperBound)"
        case .batch(let batch): "batch \(batch.number)"
        case .keyframe(let sequence): "whole state behind event \(sequence)"
        }
    }

    /// One object.
    static func line(_ report: RecordingReport, path: String) -> [UInt8] {
        SessionLines.object("verdict", at: nil) { json in
            json.member("file", path)
            json.member("whole", report.isWhole)
            json.member("state", report.completeness.rawValue)
            json.member("events", report.events)
            json.member("records", report.records)
            json.member("batches", report.batches)
            json.member("keyframes", report.keyframes)
            json.member("missing_events", report.missingEvents)
            json.member("unknown_events", report.unknownEvents)
            json.member("damage_count", report.damageCount)
            json.name("damages")
            json.beginArray()
            for damage in report.damages {
                json.beginObject()
                if let at = damage.at { json.member("at", at.iso8601) }
                Self.members(of: damage, &json)
                json.endObject()
            }
            json.endArray()
        }
    }

    /// Where a damage is, and what.
    static func members(of damage: RecordingDamage, _ json: inout JSONWriter) {
        switch damage.place {
        case .file: json.member("place", "file")
        case .header: json.member("place", "header")
        case .events(let range):
            json.member("place", "events")
            json.member("first", Int(range.lowerBound))
            json.member("last", Int(range.upperBound))
        case .batch(let batch):
            json.member("place", "batch")
            json.member("batch", Int(clamping: batch.number))
        case .keyframe(let sequence):
            json.member("place", "keyframe")
            json.member("event", Int(sequence))
        }
        json.member("problem", damage.problem)
    }
}
