// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import GRDB
package import StreamSession

extension RecordingReader {
    /// Goes through the events of some kinds, one at a time and in order; what lies between is not read.
    ///
    /// For sums over a whole session, to which a part that nobody can read would be a lie: it is an error here, not a gap.
    ///
    /// - Parameters:
    ///   - kinds: The names of the kinds as they are in the file.
    ///   - body: Gets each event.
    /// - Throws: ``RecordingError``, with `damaged` at the first row that is not what was stored.
    package func forEachEvent(
        of kinds: [String],
        _ body: (SessionEvent) -> Void
    ) throws(RecordingError) {
        let coder = EventCoder(time: self.time)
        let marks = databaseQuestionMarks(count: kinds.count)
        try self.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql:
                    "SELECT \(EventPage.columns), \(EventPage.bounds) FROM event WHERE kind IN (\(marks)) ORDER BY sequence",
                arguments: StatementArguments(kinds)
            )
            while let row = try rows.next() {
                var stored = EventRow(row)
                guard row[8] as Bool? == true else { throw self.damage(at: stored) }
                if stored.kind == "batch-formed", let batch = stored.batch {
                    stored.content = try BatchRow.stored(batch, database)
                }
                do throws(EventCoder.Fault) {
                    body(try coder.event(stored))
                } catch {
                    throw self.damage(at: stored)
                }
            }
        }
    }

    private func damage(at row: EventRow) -> RecordingError {
        RecordingError(
            .damaged,
            "The recording \(self.path) is damaged at event \(row.sequence) (\(row.kind)): what was counted without it would "
                + "be wrong. Use another copy of it."
        )
    }
}
