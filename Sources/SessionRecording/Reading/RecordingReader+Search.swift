// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import StreamSession

extension RecordingReader {
    /// Where a record was first delivered.
    struct RecordPlace: Hashable, Sendable {
        /// The event with which its batch was formed.
        var event: UInt64
        /// Which of the batch's records it is, counted from 1.
        var number: Int
    }

    /// Looks for a record, from the beginning on; what is damaged is passed.
    ///
    /// The file has no index of records, which would cost more room than the records of some sessions: this reads them.
    ///
    /// - Parameter id: Its event id or the beginning of it, or its sequence number; letters are those of hexadecimal digits.
    /// - Returns: nil if there is none.
    /// - Throws: ``RecordingError``.
    func place(ofRecord id: String) throws(RecordingError) -> RecordPlace? {
        let id = id.lowercased()
        return try self.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT sequence, batch FROM event
                    WHERE kind = 'batch-formed' AND batch IS NOT NULL ORDER BY sequence
                    """
            )
            while let row = try StorageFault.readable({ try rows.next() }) {
                guard let event = row.sequence(0), let batch = row.sequence(1),
                    let records = try BatchRow.stored(BatchID(batch), database)?.records,
                    let index = records.firstIndex(where: { Self.isNamed(id, $0) })
                else { continue }
                return RecordPlace(event: event, number: index + 1)
            }
            return nil
        }
    }

    private static func isNamed(_ id: String, _ record: StreamRecord) -> Bool {
        record.eventID.text.lowercased().hasPrefix(id) || record.sequenceNumber.description == id
    }
}
