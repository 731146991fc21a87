// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBModel
import RecordHandlers

/// What is done with batches.
struct HandlerArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "What is done with a batch: observe, delete, aggregate, command, function or delete-objects (default: observe).",
            discussion: "observe writes nothing anywhere; each of the others has options of its own below."
        )
    )
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
        help: ArgumentHelp(
            "batch (BatchWriteItem, 25 keys a request) or item (DeleteItem, one key a request).",
            discussion: "Default: batch; item with --delete-condition."
        )
    )
    var givenDeleteMode: DeleteMode?

    @Option(
        name: .customLong("delete-condition"),
        help: ArgumentHelp(
            "Keep an item unless 'ATTRIBUTE = NewImage.NAME' holds of it and of its record; given several times, all of them.",
            discussion: """
                For tables that use keys again: what was written under the key since is kept and counted. Keys or OldImage may \
                stand for NewImage.
                """,
            valueName: "condition"
        )
    )
    var deleteConditions: [String] = []

    @OptionGroup
    var writes: WriteArguments

    @Option(
        name: .customLong("concurrency"),
        help: ArgumentHelp(
            "Requests of one shard in flight at the same time, 1 to 64 (default: 1).",
            discussion:
                "With 1, deletes keep the order of the shard; with more, the order of each key. An aggregate is right with any.",
            valueName: "n"
        ),
        transform: NumberArgument.within(1...64)
    )
    var givenConcurrency: Int?

    @Flag(name: [.long, .customShort("y")], help: "Do what the handler does without asking first.")
    var yes = false

    @Flag(
        name: .customLong("dry-run"),
        inversion: .prefixedNo,
        help: "Show what would be sent, send nothing and leave the stored position alone."
    )
    var isDryRun = false

    @OptionGroup(title: "Handler aggregate")
    var aggregate: AggregateArguments
    @OptionGroup(title: "Handler command")
    var command: CommandArguments
    @OptionGroup(title: "Handler function")
    var function: FunctionArguments
    @OptionGroup(title: "Handler delete-objects")
    var objects: ObjectArguments
    @OptionGroup(title: "Failed batches")
    var onFailure: DestinationArguments

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what does not go together.
    func validate() throws {
        switch self.handler {
        case .delete where self.staging?.isEmpty != false:
            throw ValidationError("--handler delete needs --staging <table>: the table whose items are deleted.")
        case .aggregate where self.aggregate.table?.isEmpty != false || self.aggregate.values.isEmpty:
            throw ValidationError(
                "--handler aggregate needs --aggregate-table <table>, the table that keeps the numbers, and --aggregate "
                    + "<expression>, such as count or sum:NewImage.total."
            )
        case .command where self.command.words.isEmpty:
            throw ValidationError(
                "--handler command needs a program behind two dashes: --handler command -- PROGRAM ARGUMENTS…"
            )
        case .function where self.function.name == nil:
            throw ValidationError("--handler function needs --function <name>: the function that is invoked.")
        case .deleteObjects where self.objects.bucket == nil || self.objects.key == nil:
            throw ValidationError(
                "--handler delete-objects needs --bucket <template> and --key <template>: the objects that are deleted."
            )
        default: break
        }
        if !self.deleteConditions.isEmpty, self.givenDeleteMode == .batch {
            throw ValidationError(
                "--delete-condition does not go with --delete-mode batch: BatchWriteItem takes no conditions. "
                    + "Leave out --delete-mode, or say item."
            )
        }
        do throws(HandlerSetupError) {
            _ = try self.deleteCondition()
            if self.handler == .aggregate {
                _ = try AggregateDefinition(values: self.aggregate.values, group: self.aggregate.group)
            }
        } catch {
            throw ValidationError(error.description)
        }
        for (option, handler, isGiven) in self.ownOptions where isGiven && handler != self.handler {
            let reason = self.handler == .observe ? ": an observing run writes nothing anywhere" : ""
            throw ValidationError("\(option) needs --handler \(handler.rawValue)\(reason).")
        }
        try self.checkEndpoints()
        guard self.handler == .observe else { return }
        if self.isDryRun {
            throw ValidationError(
                "--dry-run needs --handler delete or another one: an observing run writes nothing anyway."
            )
        }
        if self.onFailure.destination != nil {
            throw ValidationError("--on-failure <destination> needs a handler: an observing run has no failed batches.")
        }
    }

    /// Requests of one shard in flight at the same time.
    var concurrency: Int { self.givenConcurrency ?? 1 }

    /// How items are deleted.
    var deleteMode: DeleteMode { self.givenDeleteMode ?? (self.deleteConditions.isEmpty ? .batch : .item) }

    /// What keeps an item; nil: nothing does.
    func deleteCondition() throws(HandlerSetupError) -> DeleteCondition? {
        guard !self.deleteConditions.isEmpty else { return nil }
        return try DeleteCondition(self.deleteConditions, option: "--delete-condition <condition>")
    }

    /// Events that are handled if the user does not say which; empty: all.
    var defaultEvents: Set<ChangeKind> {
        switch self.handler {
        case .delete: [.insert]
        // An object goes when its item goes.
        case .deleteObjects: [.remove]
        case .observe, .aggregate, .command, .function: []
        }
    }

    /// Refuses to be told where something is that is not used.
    private func checkEndpoints() throws {
        let destination = self.onFailure.name
        let usesBucket =
            switch destination {
            case .bucket: true
            default: self.handler == .deleteObjects
            }
        for (option, value) in [
            ("--bucket-region <name>", self.objects.region), ("--s3-endpoint <url>", self.objects.endpoint),
        ]
        where value != nil && !usesBucket {
            throw ValidationError("\(option) needs --handler delete-objects, or a bucket that --on-failure names.")
        }
        guard self.onFailure.endpoint != nil else { return }
        switch destination {
        case .queue, .topic: break
        default: throw ValidationError("--on-failure-endpoint <url> needs a queue or a topic that --on-failure names.")
        }
    }

    /// The options that belong to one handler.
    private var ownOptions: [(option: String, handler: HandlerKind, isGiven: Bool)] {
        [
            ("--staging <table>", .delete, self.staging != nil),
            ("--delete-mode <delete-mode>", .delete, self.givenDeleteMode != nil),
            ("--delete-condition <condition>", .delete, !self.deleteConditions.isEmpty),
            (
                "--maximum-write-capacity <n>", self.handler == .aggregate ? .aggregate : .delete,
                self.writes.maximumCapacity != nil
            ),
            ("--aggregate-table <table>", .aggregate, self.aggregate.table != nil),
            ("--aggregate <expression>", .aggregate, !self.aggregate.values.isEmpty),
            ("--group-by <path>", .aggregate, self.aggregate.group != nil),
            ("--write-shards <n>", .aggregate, self.aggregate.writeShards != nil),
            (
                "--concurrency <n>", self.handler == .aggregate ? .aggregate : .delete, self.givenConcurrency != nil
            ),
            ("A program behind two dashes", .command, !self.command.words.isEmpty),
            ("--handler-env <name>", .command, !self.command.settings.isEmpty),
            ("--handler-credentials", .command, self.command.passesCredentials),
            ("--handler-timeout <duration>", .command, self.command.timeout != nil),
            ("--function <name>", .function, self.function.name != nil),
            ("--function-endpoint <url>", .function, self.function.endpoint != nil),
            ("--function-log", .function, self.function.wantsLog),
            ("--bucket <template>", .deleteObjects, self.objects.bucket != nil),
            ("--key <template>", .deleteObjects, self.objects.key != nil),
        ]
    }
}
