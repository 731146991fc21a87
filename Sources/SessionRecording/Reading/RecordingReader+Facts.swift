// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import GRDB

extension RecordingReader {
    /// What a report says beside its session, in the order of names; nothing for a recording that is none.
    ///
    /// What is not as it was written is left out.
    ///
    /// - Throws: ``RecordingError``.
    package func facts() throws(RecordingError) -> [RecordingFact] {
        try self.read { database in
            let columns = try Int.fetchOne(database, sql: "SELECT count(*) FROM pragma_table_info('report')") ?? 0
            guard columns >= 3 else { return [] }
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT name, value, crc FROM report
                    WHERE length(name) <= 64 AND length(value) <= 262144 ORDER BY name LIMIT 64
                    """
            )
            var facts: [RecordingFact] = []
            while let row = try StorageFault.readable({ try rows.next() }) {
                let fact = RecordingFact(row[0] ?? "", row[1] ?? "")
                if row[2] as Int64? == Int64(fact.checksum) { facts.append(fact) }
            }
            return facts
        }
    }
}
