// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB

extension RecordingHeader {
    /// The rows of a file's header.
    static func values(_ database: Database) throws -> [String: String] {
        var values: [String: String] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT name, value FROM header WHERE length(name) <= 64 AND length(value) <= 1024 LIMIT 64"
        )
        while let row = try rows.next() { values[row[0]] = row[1] }
        return values
    }

    /// Reads the rows of a header.
    ///
    /// - Throws: ``RecordingError`` with `damaged`.
    init(_ values: [String: String], path: String) throws(RecordingError) {
        guard let started = values["started"].flatMap({ Int64($0) }), RecordingFormat.times.contains(started) else {
            throw RecordingError(
                .damaged,
                "The recording \(path) does not say when it was begun, so its times mean nothing."
            )
        }
        self.init(
            startedAt: Timestamp(milliseconds: started),
            toolVersion: values["tool"] ?? "",
            redaction: values["redaction"].flatMap { Redaction(rawValue: $0) } ?? .none,
            session: values["session"] ?? "",
            part: values["part"].flatMap { Int($0) }.map { max(1, min($0, 1_000_000)) } ?? 1
        )
    }
}
