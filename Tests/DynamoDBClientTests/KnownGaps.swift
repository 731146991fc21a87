// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What implementations do otherwise than AWS: by case, the behaviour of AWS.
///
/// A case listed here fails as soon as the implementation passes it.
enum KnownGaps {
    /// The embedded store and its endpoint.
    static let embedded: [String: String] = [:]

    /// moto 5.2.
    static let moto: [String: String] = [
        "table: a new table is active and described with its key and an ARN": "DescribeTable tells a TableId",
        "table: an on-demand table has capacities of 0 and the time since when":
            "BillingModeSummary tells since when the table is on demand",
        "table: names have 3 to 255 of a-z A-Z 0-9 _ . -": "CreateTable refuses names of another form",
        "table: an ill-formed name is invalid in item operations, not a missing table":
            "the form of a name is checked before the table is looked for",
        "table: ListTables goes on after a name, in order": "ListTables is ordered, and goes on after any name",
        "table: ListTables takes limits of 1 to 100": "limits out of range are refused",
        "table stream: the label is an ISO time with milliseconds and no zone":
            "labels have three digits behind the second",
        "table stream: switching on twice is refused, with the same view type or another":
            "switching on twice is a ValidationException",
        "table stream: switching off what is not on is refused":
            "switching off what is not on is a ValidationException",
        "table stream: switched off, it is DISABLED, closed, listed and readable":
            "a stream stays for 24 hours after it was switched off",
        "table stream: writes after it was switched off make no record":
            "a table goes on working after its stream was switched off",
        "table stream: switched on again it is a new, empty one; the old one stays":
            "a stream can be switched on again, and is then a new one",
        "table stream: after DeleteTable it is disabled and stays readable":
            "a stream stays for 24 hours after its table was deleted",
        "item: empty sets are refused": "empty binary sets are refused",
        "item: items have up to 400 KB, names included": "items have up to 409,600 bytes",
        "item: values nest up to 32 levels": "deeper values are refused",
        "key: one of the wrong type is refused everywhere": "keys of the wrong type are refused in GetItem too",
        "key: an empty binary is refused": "an empty binary cannot be a key",
        "update: without an expression it creates the key alone": "UpdateItem works without an expression",
        "update: REMOVE on a missing item creates nothing": "an update that only removes creates nothing",
        "update: arithmetic is decimal": "0.3 - 0.1 is 0.2",
        "update: a result beyond the range of numbers is refused": "numbers that overflow are refused",
        "update: names and values that are not defined are refused": "an undefined name is a ValidationException",
        "condition: comparing values of two types is false, not an error": "values of two types have no order",
        "condition: what is absent is unequal to everything and nothing else": "two absent attributes are not equal",
        "condition: nonsense is refused": "expressions without sense are a ValidationException",
        "condition: constants of types that cannot be are refused": "operands are checked before the item is read",
        "condition: placeholders that are not used or not defined are refused":
            "unused names and values are a ValidationException",
        "transaction: an update that an item does not allow is a reason":
            "what cannot be done to an item cancels the transaction",
        "transaction: a key of the wrong type is a reason, an empty one a refusal":
            "keys are compared with the schema, and have values",
        "transaction: 1 to 100 actions": "a transaction of none or of 101 actions is refused",
        "transaction: a missing table and a bad expression refuse all of it":
            "a missing table is a ResourceNotFoundException",
        "transaction: each change makes a record, a check and no change none": "only changes make records",
        "transaction: a token lets it happen once": "a token makes a transaction idempotent",
        "transaction: writes cost twice, told by table, and a repetition costs reads":
            "transactions tell the capacity they use",
        "capacity: nothing is told that was not asked for": "ConsumedCapacity is there only if asked for",
        "capacity: a write costs a unit for each 1024 bytes begun": "writes cost by size",
        "capacity: a replacement costs by the larger of the two items": "writes cost by size",
        "capacity: a delete costs by the size of what it deletes, 1 for a missing item": "deletes cost by size",
        "capacity: a read costs half a unit for each 4096 bytes begun, twice when consistent":
            "reads cost by size and consistency",
        "capacity: an update costs by the larger of the item before and after": "updates cost by size",
        "capacity: a batch costs the sum of its writes, told by table": "batches cost the sum of their writes",
        "capacity: a scan costs by the sum of the sizes, not by item": "scans cost by size",
        "time to live: switching it on twice, or on another attribute, is refused":
            "what is on cannot be switched on again",
        "time to live: a table that is not there is not found": "the error is called ResourceNotFoundException",
        "time to live: switching off what is not on is refused": "what is off cannot be switched off",
        "time to live: attributes have names of 1 to 255 bytes": "the length of the name is checked",
        "time to live: switched off it is DISABLED and names no attribute": "DescribeTimeToLive names what is on",
        "batch: 25 writes are the most": "a batch of 26 is refused",
        "batch: one of nothing is refused": "an empty batch is refused",
        "batch: a key may occur once, puts and deletes together": "a key that occurs twice is refused",
        "batch: a key that cannot be refuses the whole batch before anything is written":
            "a batch is checked as a whole before it is done",
        "batch: a surplus attribute in the key of a delete is refused": "keys have the key attributes and no others",
        "batch: an item that is too large refuses the whole batch": "a batch is checked as a whole before it is done",
        "batch: each change makes a record, in the order of the request": "the records have the order of the request",
        "batch: writes that change nothing make no record": "only changes make records",
        "scan: COUNT gives the number without the items": "COUNT returns no items",
        "scan: limits and segments out of range are refused": "limits and segments out of range are refused",
        "scan: a start key of another shape is refused": "ExclusiveStartKey has to be a key of the table",
        "stream: ListStreams takes limits of 1 to 100": "limits out of range are refused",
        "stream: ListStreams pages name the last one and go on after it": "a table can have more than one stream",
        "stream: after the last shard, and after an unknown one, the list is empty": "ExclusiveStartShardId counts",
        "stream: a shard that goes on has no children": "the filter CHILD_SHARDS counts",
        "stream: what is no ARN is invalid": "what is no ARN is a ValidationException",
        "stream: DescribeStream takes limits of 1 to 100": "limits out of range are refused",
        "record: an update that creates the item makes one INSERT": "UpdateItem works without an expression",
        "record: the same put again makes none": "only changes make records",
        "record: updates that leave the item equal make none": "only changes make records",
        "record: REMOVE on a missing item makes none": "an update that only removes creates nothing",
        "record: it has a time of whole seconds, a region and no mark of expiry":
            "ApproximateCreationDateTime has whole seconds",
        "image: SizeBytes is the size of keys and images by the item size rule": "SizeBytes follows the item size rule",
        "image: SizeBytes without images is the size of the keys": "SizeBytes follows the item size rule",
        "iterator: an unknown shard is not found": "an unknown shard is a ResourceNotFoundException",
        "iterator: limits are 1 to 1000": "limits out of range are refused",
        "iterator: what is none is invalid": "what is no iterator is a ValidationException",
        "iterator: at the end of a closed shard there is no next one": "a closed shard has an end",
        "iterator: a page is at most 1 MB of records": "a page is cut at 1 MB",
    ]
}
