// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import Foundation
import GRDB
package import StreamSession

extension RecordingReader {
    /// What there is in the file; what is damaged is left out, and said to be.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    public func summary() throws(RecordingError) -> RecordingSummary {
        var summary = RecordingSummary(
            header: self.header,
            format: "\(RecordingFormat.major).\(RecordingFormat.minor)",
            completeness: .cutOff
        )
        summary.size = ByteCount(self.bytesOfFiles)
        summary.isDamaged = !self.isHeaderWhole
        try self.fill(&summary) { summary throws(RecordingError) in
            let isSealed = try self.number("SELECT count(*) FROM header WHERE name = 'sealed'") > 0
            summary.isContinued = try self.number("SELECT count(*) FROM header WHERE name = 'continued'") > 0
            summary.completeness = isSealed ? .complete : WriterLock.isHeld(besides: self.path) ? .growing : .cutOff
        }
        summary.otherParts = self.otherParts()
        try self.fill(&summary) { summary throws(RecordingError) in summary.facts = try self.facts() }
        try self.fill(&summary) { summary throws(RecordingError) in
            let extent = try self.extent()
            (summary.first, summary.last, summary.events) = (extent.first, extent.last, extent.events)
        }
        try self.fill(&summary) { summary throws(RecordingError) in
            summary.format = try self.format()
            summary.keyframes = try self.number("SELECT count(*) FROM keyframe")
        }
        try self.fill(&summary) { summary throws(RecordingError) in
            let formed = "FROM event WHERE kind = 'batch-formed'"
            summary.batches = try self.number("SELECT count(*) \(formed)")
            summary.records = try self.number(
                "SELECT ifnull(sum(CASE WHEN records BETWEEN 0 AND 1000000 THEN records END), 0) \(formed)"
            )
        }
        try self.fill(&summary) { summary throws(RecordingError) in
            for mark in try self.marks() {
                switch mark.kind {
                case .marker: summary.markers += 1
                case .gap(let count):
                    summary.gaps += 1
                    summary.missingEvents += count
                case .held: summary.holds += 1
                case .resumed: break
                case .anotherRun: summary.resumptions += 1
                case .loss: summary.losses += 1
                }
            }
        }
        try self.fill(&summary) { summary throws(RecordingError) in
            summary.description = try self.sessionDescription()
            summary.endedBecause = try self.endOfSession()
        }
        return summary
    }

    /// What the session is about, by its first events or the first state that is whole; nil if neither says so.
    ///
    /// - Throws: ``RecordingError``.
    package func sessionDescription() throws(RecordingError) -> SessionDescription? {
        if let description = try self.opening() { return description }
        return try self.keyframe(notAfter: .sequence(.max))?.description
    }

    /// Shards of which batches were formed.
    ///
    /// - Throws: ``RecordingError``.
    package func shardsOfBatches() throws(RecordingError) -> Set<ShardID> {
        try self.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql:
                    "SELECT DISTINCT shard FROM event WHERE kind = 'batch-formed' AND length(shard) <= 1024 LIMIT 10000"
            )
            var shards: Set<ShardID> = []
            while let row = try StorageFault.readable({ try rows.next() }) { shards.insert(ShardID(row[0] ?? "")) }
            return shards
        }
    }

    private func endOfSession() throws(RecordingError) -> String? {
        guard let last = try self.extent().lastSequence, last > 0 else { return nil }
        for event in try self.events(after: last - 1) {
            if case .ended(let reason) = event.kind { return reason }
        }
        return nil
    }

    /// Does not give up what is known when something more cannot be read.
    private func fill(
        _ summary: inout RecordingSummary,
        _ body: (inout RecordingSummary) throws(RecordingError) -> Void
    ) throws(RecordingError) {
        do throws(RecordingError) {
            try body(&summary)
        } catch {
            guard error.code == .damaged else { throw error }
            summary.isDamaged = true
        }
    }

    private func number(_ sql: String) throws(RecordingError) -> Int {
        try self.read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    private func format() throws(RecordingError) -> String {
        let version = try self.number("PRAGMA user_version")
        return "\(version / 1000).\(version % 1000)"
    }

    private var bytesOfFiles: Int {
        ["", "-wal"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: self.path + suffix)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }
}
