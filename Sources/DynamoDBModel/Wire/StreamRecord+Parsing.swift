// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension StreamRecord {
    /// Reads one record, an element of `Records` in the answer of GetRecords.
    ///
    /// For sources that are no service: records in files, in queues, in tests. The form in which a function in AWS Lambda
    /// gets a record is read too, but for the mark of what expired, whose members have other names there.
    ///
    /// - Parameter bytes: A JSON object.
    /// - Throws: `malformedResponse` with what is missing or wrong, and where.
    public init(parsing bytes: some Sequence<UInt8>) throws(DynamoDBError) {
        let document = Array(bytes)
        guard document.count <= JSONLimits.maximumBytes else {
            throw DynamoDBError(.malformedResponse, "longer than \(JSONLimits.maximumBytes) bytes")
        }
        do throws(JSONFault) {
            self = try JSONScanner.read(document[...]) { (scanner) throws(JSONFault) in
                let fields = try scanner.recordFields()
                try scanner.finish()
                var builder = RecordBuilder(page: document)
                return try builder.record(fields, scanner, at: 0)
            }
        } catch {
            throw error.responseError
        }
    }
}
