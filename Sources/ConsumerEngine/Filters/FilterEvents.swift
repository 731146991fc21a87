// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Finds the records in files that people have: what a function in AWS Lambda got, what GetRecords returned, JSON lines.
package enum FilterEvents {
    /// Reads records.
    ///
    /// - Parameter bytes: One record, an object with `Records`, an array of records, or such values as JSON lines. Lines
    ///   of `weir run --records-out` count as the record in them.
    /// - Returns: The records in the form that filters are held against, in order.
    /// - Throws: A fault of kind `syntax`; its offset counts from the start of `bytes`.
    package static func records(in bytes: [UInt8]) throws(JSONFault) -> [JSONValue] {
        let first: JSONFault
        do throws(JSONFault) {
            return Self.records(of: try JSONValue(parsing: bytes))
        } catch {
            first = error
        }
        // One value over several lines that is broken is told of as a whole.
        var found: [JSONValue] = []
        var isFirst = true
        for line in bytes.split(separator: UInt8(ascii: "\n")) where line.contains(where: { $0 > 0x20 }) {
            do throws(JSONFault) {
                found += Self.records(of: try JSONValue(parsing: line))
            } catch {
                throw isFirst
                    ? first : JSONFault(error.kind, error.message, offset: error.offset.map { line.startIndex + $0 })
            }
            isFirst = false
        }
        guard !isFirst else { throw first }
        return found
    }

    private static func records(of value: JSONValue) -> [JSONValue] {
        if let elements = value.array { return elements.map(Self.lambdaForm) }
        if let elements = value["Records"]?.array { return elements.map(Self.lambdaForm) }
        if value["type"] == .string("record"), let record = value["record"] {
            return [Self.lambdaForm(record)]
        }
        return [Self.lambdaForm(value)]
    }

    /// Writes the members of `userIdentity` as Lambda does; GetRecords has them with capitals.
    private static func lambdaForm(_ record: JSONValue) -> JSONValue {
        guard var members = record.members,
            let index = members.firstIndex(where: { $0.name == "userIdentity" }),
            var identity = members[index].value.members
        else { return record }
        for place in identity.indices {
            switch identity[place].name {
            case "Type": identity[place].name = "type"
            case "PrincipalId": identity[place].name = "principalId"
            default: break
            }
        }
        members[index].value = .object(identity)
        return .object(members)
    }
}
