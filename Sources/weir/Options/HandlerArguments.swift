// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBModel
import RecordHandlers

/// How batches are formed and what is done with them.
struct HandlerArguments: ParsableArguments {
    @Option(name: .long, help: "What is done with a batch: observe (nothing is written anywhere) or delete.")
    var handler = HandlerKind.observe

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Table to delete from, with the same key as the stream's table.",
            discussion: "Needed by --handler delete.",
            valueName: "table"
        )
    )
    var staging: String?

    @Option(
        name: .customLong("delete-mode"),
        help: "batch (BatchWriteItem, 25 keys a request) or item (DeleteItem, one key a request)."
    )
    var deleteMode = DeleteMode.batch

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Requests of one shard in flight at the same time, 1 to 64 (default: 1).",
            discussion: "With 1, deletes keep the order of the shard; with more, the order of each key.",
            valueName: "n"
        ),
        transform: NumberArgument.within(1...64)
    )
    var concurrency = 1

    @Flag(name: [.long, .customShort("y")], help: "Delete without asking first.")
    var yes = false

    @Flag(
        name: .customLong("dry-run"),
        help: "Show what would be sent, delete nothing and leave the stored position alone."
    )
    var isDryRun = false

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what does not go together.
    func validate() throws {
        if self.handler == .delete, self.staging?.isEmpty != false {
            throw ValidationError("--handler delete needs --staging <table>: the table whose items are deleted.")
        }
        guard self.handler == .observe else { return }
        if self.staging != nil {
            throw ValidationError("--staging <table> needs --handler delete: an observing run writes nothing anywhere.")
        }
        if self.isDryRun {
            throw ValidationError("--dry-run needs --handler delete: an observing run writes nothing anyway.")
        }
    }
}
