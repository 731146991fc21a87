// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The requests that an aggregate is written with.
struct AggregateRequests: Sendable {
    /// The attribute of a definition item that names the stream of a tag.
    static let streamPrefix = "weir:stream:"

    let table: String
    let keyName: String
    let stream: StreamARN
    let definition: AggregateDefinition

    /// Adds to an item, unless it has one of the records already.
    ///
    /// The mark is compared with the first record, not with the last: a batch may overlap with what is counted.
    func update(_ entry: AggregateFold.Entry, of shard: ShardID) throws(DecimalNumber.Refusal) -> UpdateItemRequest? {
        guard let first = DecimalNumber(entry.first.text), let last = DecimalNumber(entry.last.text) else { return nil }
        var names = ["#s": SequenceMark(shard, of: self.stream).attribute]
        var values: Item = [":f": .number(first), ":l": .number(last)]
        var additions: [String] = []
        for (index, (value, sum)) in zip(self.definition.values, try entry.sums()).enumerated() {
            names["#v\(index)"] = value.name
            values[":d\(index)"] = .number(sum)
            additions.append("#v\(index) :d\(index)")
        }
        return UpdateItemRequest(
            tableName: self.table,
            key: [self.keyName: .string(entry.key)],
            updateExpression: "SET #s = :l ADD \(additions.joined(separator: ", "))",
            conditionExpression: "attribute_not_exists(#s) OR #s < :f",
            attributeNames: names,
            attributeValues: values,
            returnValues: .allNew,
            returnValuesOnConditionCheckFailure: .allOld,
            returnConsumedCapacity: .total
        )
    }

    /// Reads an item as it is.
    func read(_ key: String) -> GetItemRequest {
        GetItemRequest(
            tableName: self.table,
            key: [self.keyName: .string(key)],
            isConsistent: true,
            returnConsumedCapacity: .total
        )
    }

    /// Keeps the definition, and which stream the marks of this one belong to, unless there is another definition.
    func agree() -> UpdateItemRequest {
        UpdateItemRequest(
            tableName: self.table,
            key: [self.keyName: .string(AggregateKey.definition)],
            updateExpression: "SET #d = :d, #s = :s",
            conditionExpression: "attribute_not_exists(#d) OR #d = :d",
            attributeNames: [
                "#d": AggregateKey.definitionAttribute, "#s": Self.streamPrefix + SequenceMark.tag(self.stream),
            ],
            attributeValues: [":d": .string(self.definition.json), ":s": .string(self.stream.text)],
            returnValues: .allNew,
            returnValuesOnConditionCheckFailure: .allOld,
            returnConsumedCapacity: .total
        )
    }

    /// Takes marks away.
    func forget(_ marks: [SequenceMark], of key: String) -> UpdateItemRequest {
        var names: [String: String] = [:]
        for (index, mark) in marks.enumerated() { names["#m\(index)"] = mark.attribute }
        return UpdateItemRequest(
            tableName: self.table,
            key: [self.keyName: .string(key)],
            updateExpression: "REMOVE \(names.keys.sorted().joined(separator: ", "))",
            attributeNames: names,
            returnConsumedCapacity: .total
        )
    }
}
