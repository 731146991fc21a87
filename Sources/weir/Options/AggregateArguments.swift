// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// The numbers of `--handler aggregate`.
struct AggregateArguments: ParsableArguments {
    @Option(
        name: .customLong("aggregate-table"),
        help: ArgumentHelp(
            "Table that keeps the numbers: its key is one attribute of type S, of any name.",
            discussion: "Needed by --handler aggregate. It keeps one aggregate, and says which.",
            valueName: "table"
        )
    )
    var table: String?

    @Option(
        name: .customLong("aggregate"),
        help: ArgumentHelp(
            "A number to keep: count, sum:NewImage.total, or NAME=sum:NewImage.total; may be given several times.",
            discussion:
                "INSERT adds, REMOVE subtracts, MODIFY adds the difference. The name is the attribute that keeps it: count, and "
                + "sum_total, if none is given. An item without the number adds nothing to a sum.",
            valueName: "expression"
        ),
        transform: AggregateArguments.value
    )
    var values: [AggregateValue] = []

    @Option(
        name: .customLong("group-by"),
        help: ArgumentHelp(
            "Attribute that tells the group: Keys.customer or NewImage.address.country, of type S, N or BOOL.",
            discussion: "Default: all items are one group, total. An item without it is in no group.",
            valueName: "path"
        ),
        transform: AggregateArguments.path
    )
    var group: RecordPath?

    @Option(
        name: .customLong("write-shards"),
        help: ArgumentHelp(
            "Items that each group is spread over, 1 to \(AggregateDefinition.writeShardLimit) (default: 1).",
            discussion: "Each shard of the stream writes to one of them; 'weir aggregate read' adds them up.",
            valueName: "n"
        ),
        transform: NumberArgument.within(1...AggregateDefinition.writeShardLimit)
    )
    var writeShards: Int?

    /// Creates options to be filled by the parser.
    init() {}

    private static let value: @Sendable (String) throws -> AggregateValue = { text in
        do throws(HandlerSetupError) {
            return try AggregateValue(text)
        } catch {
            throw ValidationError(error.description)
        }
    }

    private static let path: @Sendable (String) throws -> RecordPath = { text in
        do throws(HandlerSetupError) {
            return try RecordPath(text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
