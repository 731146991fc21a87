// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Records as one JSON document, in the form in which GetRecords answers, and back.
package enum RecordList {
    /// Writes records; unlike the service to the millisecond, if a record has them.
    package static func encode(_ records: [StreamRecord]) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + records.reduce(0) { $0 + 512 + $1.size.bytes })
        writer.beginObject()
        writer.name("Records")
        writer.beginArray()
        for record in records { record.encoded(into: &writer, time: record.createdAt.epochSeconds) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Reads records.
    ///
    /// - Throws: What is wrong and where, as for an answer of the service.
    package static func decode(_ bytes: [UInt8]) throws(JSONFault) -> [StreamRecord] {
        try RecordPageDecoder.decode(bytes).records
    }
}
