// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// The numbers of an aggregate, the parts of each group added up.
///
/// Read with strong consistency, so that what has been written is there; parts that change meanwhile may be of different
/// moments.
package struct AggregateReading: Sendable {
    /// A group and its numbers.
    package struct Group: Sendable {
        /// The group.
        package var name: String
        /// Its numbers, in the order of the definition's values.
        package var numbers: [DecimalNumber]
        /// Items that it is kept in so far.
        package var parts: Int
    }

    /// What is added up.
    package var definition: AggregateDefinition
    /// The groups, in the order of their names' bytes.
    package var groups: [Group]
    /// Read capacity units that the service reported.
    package var readCapacityUnits: Double

    /// Reads a table, or one group of it.
    ///
    /// - Parameters:
    ///   - table: The table, by name or ARN.
    ///   - group: The group, read by its keys; nil: all, by a scan of the table.
    ///   - api: Where the table is.
    /// - Returns: Its numbers.
    /// - Throws: ``AggregatePreflightError`` if the table keeps no aggregate or cannot be read, ``AggregateReadingError`` if its
    ///   numbers cannot be added up.
    package static func read(
        _ table: String,
        group: String? = nil,
        api: any DynamoDBTableAPI
    ) async throws -> AggregateReading {
        let target = try await AggregateTable.describe(table, api: api)
        let kept = try await AggregateTable.definitionItem(target, api: api)
        guard case .string(let text)? = kept?[AggregateKey.definitionAttribute],
            let definition = AggregateDefinition(json: text)
        else { throw AggregateReadingError.noAggregate(table: target.tableName) }
        var reader = AggregateReader(table: target, definition: definition, api: api)
        if let group {
            try await reader.read(group: group)
        } else {
            try await reader.readAll()
        }
        return AggregateReading(
            definition: definition,
            groups: reader.groups.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) },
            readCapacityUnits: reader.readCapacityUnits
        )
    }
}
