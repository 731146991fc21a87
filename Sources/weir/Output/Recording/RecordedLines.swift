// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import SessionRecording
import StreamSession

/// The JSON lines of a recorded session: those of a headless run, and lines for the events that such a run leaves out.
struct RecordedLines {
    private let withRecords: Bool
    private var lines = SessionLines()

    /// Creates a writer.
    ///
    /// - Parameter withRecords: Whether records get lines of their own, behind that of their batch.
    init(withRecords: Bool) {
        self.withRecords = withRecords
    }

    /// The lines with their line breaks; none for what was just said already.
    mutating func lines(for piece: RecordingPassage.Piece) -> [UInt8] {
        switch piece {
        case .damage(let damage):
            return SessionLines.object("damage", at: damage.at) { RecordingVerdict.members(of: damage, &$0) }
        case .event(let event):
            if let line = self.lines.line(for: .event(event)) { return line }
            return Self.line(event) + (self.withRecords ? Self.records(event) : [])
        }
    }

    private static func records(_ event: SessionEvent) -> [UInt8] {
        guard case .batchFormed(let batch) = event.kind else { return [] }
        return batch.records.flatMap { SessionLines.record($0, shard: batch.shard, batch: batch.id) }
    }

    private static func line(_ event: SessionEvent) -> [UInt8] {
        switch event.kind {
        case .read(let read): Self.read(read, event)
        case .batchFormed(let batch):
            SessionLines.object("batch-formed", at: event.at) { json in
                Self.head(batch.id, batch.shard, &json)
                json.member("lane", batch.lane)
                json.member("records", batch.records.count)
                json.member("reason", batch.reason.rawValue)
                json.member("first_read_at", batch.firstReadAt.iso8601)
            }
        case .batchAdvanced(let advance):
            SessionLines.object("batch-advanced", at: event.at) { json in
                Self.head(advance.id, advance.shard, &json)
                json.member("records", advance.records)
            }
        case .batchWorked(let work):
            SessionLines.object("batch-worked", at: event.at) { json in
                Self.head(work.id, work.shard, &json)
                SessionLines.append(work.work, to: &json)
            }
        case .checkpoint(let shard, let position):
            SessionLines.object("checkpoint", at: event.at) { json in
                json.member("shard", shard.text)
                json.member("position", position.text)
            }
        case .duplicate(let shard, let eventID):
            SessionLines.object("duplicate", at: event.at) { json in
                json.member("shard", shard.text)
                json.member("event_id", eventID.text)
            }
        case .hold(let change):
            SessionLines.object("hold", at: event.at) { $0.member("change", change.rawValue) }
        case .sample(let sample): Self.sample(sample, event)
        case .marker(let text): SessionLines.object("marker", at: event.at) { $0.member("text", text) }
        case .replayed(let replay): Self.replay(replay, event)
        // A headless run tells of these, or has just done so.
        case .started, .streamChanged, .shardListed, .shardChanged, .stateChanged, .callFailed, .batchRetried,
            .discarded, .batchFinished,
            .dataLost,
            .paced, .notice, .gap, .resumed, .ended:
            []
        }
    }

    private static func read(_ read: ReadSummary, _ event: SessionEvent) -> [UInt8] {
        SessionLines.object("read", at: event.at) { json in
            json.member("shard", read.shard.text)
            json.member("records", read.records)
            json.member("filtered_out", read.filteredOut)
            json.member("bytes", read.size.bytes)
            if let newest = read.newestCreatedAt { json.member("newest_created_at", newest.iso8601) }
            json.member("duration_ms", Int(read.duration.wholeMilliseconds))
        }
    }

    private static func sample(_ sample: EngineSample, _ event: SessionEvent) -> [UInt8] {
        SessionLines.object("sample", at: event.at) { json in
            json.member("waiting_records", sample.waitingRecords)
            json.member("in_flight_records", sample.inFlightRecords)
            if let oldest = sample.oldestPendingCreatedAt { json.member("oldest_created_at", oldest.iso8601) }
        }
    }

    private static func replay(_ replay: SessionReplay, _ event: SessionEvent) -> [UInt8] {
        SessionLines.object("replay", at: event.at) { json in
            json.name("batches")
            json.beginArray()
            for batch in replay.batches { json.number(Int(clamping: batch.number)) }
            json.endArray()
            json.member("records", replay.records)
            json.member("handled", replay.handled)
            json.member("handler", replay.handler)
            if let region = replay.region { json.member("region", region) }
            if let endpoint = replay.endpoint { json.member("endpoint", endpoint) }
            json.member("duration_ms", Int(replay.duration.wholeMilliseconds))
            SessionLines.append(replay.work, to: &json)
            if let failure = replay.failure { json.member("reason", failure) }
        }
    }

    private static func head(_ batch: BatchID, _ shard: ShardID, _ json: inout JSONWriter) {
        json.member("batch", Int(clamping: batch.number))
        json.member("shard", shard.text)
    }
}
