// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import SessionRecording
import StreamSession

/// What a recording holds, for people and as a JSON line.
enum RecordingInfo {
    /// A table of names and values.
    static func lines(_ summary: RecordingSummary, path: String) -> [String] {
        let facts = summary.facts.flatMap { fact in
            let lines = fact.value.split(separator: "\n", omittingEmptySubsequences: false)
            guard lines.count > 1 else { return [(fact.name, fact.value)] }
            return [(fact.name, "")] + lines.map { ("", String($0)) }
        }
        let head = summary.facts.isEmpty ? [] : [("report", "made of this session; what it says beside it:")]
        return (Self.rows(summary, path: path) + head + facts).map { name, value in
            name + String(repeating: " ", count: max(1, 12 - name.count)) + value
        }
    }

    private static func rows(_ summary: RecordingSummary, path: String) -> [(String, String)] {
        var rows = [("file", path)]
        if let description = summary.description {
            rows += [
                ("table", "\(description.tableName), \(description.viewType.rawValue), \(description.region)"),
                ("stream", description.streamARN.text), ("handler", description.handler),
                ("pipeline", description.pipeline),
            ]
        }
        if let first = summary.first, let last = summary.last {
            rows.append(("session", "\(first.iso8601) to \(last.iso8601), \(Figures.duration(last.since(first)))"))
        }
        rows.append(("state", Self.state(summary)))
        if let part = Self.part(summary) { rows.append(("part", part)) }
        if let reason = summary.endedBecause { rows.append(("ended", reason)) }
        if summary.resumptions > 0 { rows.append(("runs", Figures.grouped(summary.resumptions + 1))) }
        rows += [
            (
                "records",
                "\(RunSummary.count(summary.records, "record")) in "
                    + RunSummary.count(summary.batches, "batch", "batches")
            ),
            (
                "events",
                "\(RunSummary.count(summary.events, "event")), \(RunSummary.count(summary.keyframes, "whole state"))"
            ),
            ("markers", Figures.grouped(summary.markers)), ("gaps", Self.gaps(summary)),
            ("holds", Figures.grouped(summary.holds)), ("losses", Figures.grouped(summary.losses)),
            ("size", "\(RunSummary.count(summary.size.bytes, "byte"))"),
            ("format", "\(summary.format), begun by weir \(summary.header.toolVersion)"),
            ("redaction", summary.header.redaction.rawValue),
        ]
        if summary.isDamaged {
            rows.append(("damage", "parts cannot be read; weir recording verify \(ShellWord.quoted(path)) says where"))
        }
        return rows
    }

    /// Which part of a session in parts it is, and where others are; nil if it is no such.
    private static func part(_ summary: RecordingSummary) -> String? {
        guard summary.header.part > 1 || summary.isContinued || !summary.otherParts.isEmpty else { return nil }
        let others = summary.otherParts.map(\.path).joined(separator: ", ")
        return "\(summary.header.part)\(summary.isContinued ? ", and the session goes on in the next" : ""); "
            + (others.isEmpty ? "no other part is here" : "beside it: \(others)")
    }

    private static func gaps(_ summary: RecordingSummary) -> String {
        guard summary.gaps > 0 else { return "0" }
        return "\(Figures.grouped(summary.gaps)), \(RunSummary.count(summary.missingEvents, "event")) missing"
    }

    private static func state(_ summary: RecordingSummary) -> String {
        switch summary.completeness {
        case .complete: "complete"
        case .growing: "is being written"
        case .cutOff: "cut off: its writer could not finish it; what was written before is there"
        }
    }

    /// One object.
    static func line(_ summary: RecordingSummary, path: String) -> [UInt8] {
        SessionLines.object("recording", at: nil) { json in
            json.member("file", path)
            json.member("format", summary.format)
            json.member("tool", summary.header.toolVersion)
            json.member("state", summary.completeness.rawValue)
            json.member("redaction", summary.header.redaction.rawValue)
            json.member("damaged", summary.isDamaged)
            json.member("part", summary.header.part)
            json.member("continued", summary.isContinued)
            json.name("other_parts")
            json.beginArray()
            for part in summary.otherParts { json.string(part.path) }
            json.endArray()
            if let description = summary.description {
                json.member("stream", description.streamARN.text)
                json.member("table", description.tableName)
                json.member("view_type", description.viewType.rawValue)
                json.member("region", description.region)
                json.member("pipeline", description.pipeline)
                json.member("handler", description.handler)
            }
            if let first = summary.first, let last = summary.last {
                json.member("first", first.iso8601)
                json.member("last", last.iso8601)
                json.member("duration_ms", Int(last.since(first).wholeMilliseconds))
            }
            if let reason = summary.endedBecause { json.member("ended_because", reason) }
            json.member("records", summary.records)
            json.member("batches", summary.batches)
            json.member("events", summary.events)
            json.member("keyframes", summary.keyframes)
            json.member("markers", summary.markers)
            json.member("gaps", summary.gaps)
            json.member("missing_events", summary.missingEvents)
            json.member("runs", summary.resumptions + 1)
            json.member("holds", summary.holds)
            json.member("losses", summary.losses)
            json.member("size_bytes", summary.size.bytes)
            guard !summary.facts.isEmpty else { return }
            json.name("report")
            json.beginObject()
            for fact in summary.facts {
                json.name(fact.name)
                json.string(fact.value)
            }
            json.endObject()
        }
    }
}
