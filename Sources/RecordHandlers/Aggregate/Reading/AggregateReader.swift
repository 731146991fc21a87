// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads the items of an aggregate and adds up the parts of each group.
struct AggregateReader {
    private let table: TableDescription
    private let definition: AggregateDefinition
    private let api: any DynamoDBTableAPI
    /// The groups so far, by their names as DynamoDB tells them apart.
    private(set) var groups: [AttributeValue: AggregateReading.Group] = [:]
    /// Units so far.
    private(set) var readCapacityUnits = 0.0

    init(table: TableDescription, definition: AggregateDefinition, api: any DynamoDBTableAPI) {
        self.table = table
        self.definition = definition
        self.api = api
    }

    private var keyName: String { self.table.keySchema.partition.name }

    /// Reads the parts of one group.
    mutating func read(group: String) async throws {
        for part in 0..<self.definition.writeShards {
            let key = AggregateKey.text(group: group, part: part, of: self.definition.writeShards)
            let request = GetItemRequest(
                tableName: self.table.tableName,
                key: [self.keyName: .string(key)],
                isConsistent: true,
                returnConsumedCapacity: .total
            )
            let result = try await self.api.getItem(request)
            self.readCapacityUnits += result.consumedCapacity?.capacityUnits ?? 0
            if let item = result.attributes { try self.add(item, to: group) }
        }
    }

    /// Reads the whole table.
    mutating func readAll() async throws {
        var after: Item?
        repeat {
            let request = ScanRequest(
                tableName: self.table.tableName,
                exclusiveStartKey: after,
                isConsistent: true,
                returnConsumedCapacity: .total
            )
            let page = try await self.api.scan(request)
            self.readCapacityUnits += page.consumedCapacity?.capacityUnits ?? 0
            for item in page.items {
                guard case .string(let key)? = item[self.keyName],
                    let group = AggregateKey.group(of: key, parts: self.definition.writeShards)
                else { continue }
                try self.add(item, to: group)
            }
            after = page.lastEvaluatedKey
        } while after != nil
    }

    private mutating func add(_ item: Item, to name: String) throws {
        // What no addition has marked is not the aggregate's.
        guard item.keys.contains(where: { SequenceMark(attribute: $0) != nil }) else { return }
        var group =
            self.groups[.string(name)]
            ?? AggregateReading.Group(
                name: name,
                numbers: self.definition.values.map { _ in DecimalNumber(0) },
                parts: 0
            )
        for (index, value) in self.definition.values.enumerated() {
            switch item[value.name] {
            case .number(let number)?:
                do throws(DynamoDBError) {
                    group.numbers[index] = try group.numbers[index].adding(number)
                } catch {
                    throw AggregateReadingError.unfitSum(table: self.table.tableName, value: value.name, error.message)
                }
            case nil: break
            case let other?:
                throw AggregateReadingError.noNumber(
                    table: self.table.tableName,
                    value: value.name,
                    type: other.typeName
                )
            }
        }
        group.parts += 1
        self.groups[.string(name)] = group
    }
}
