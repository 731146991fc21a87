// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBModel
import SessionRecording
import StreamSession

/// Which of a recording's batches and records are sent again.
struct ReplayArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Batches by their numbers, such as 812 or 811,812.",
            discussion: "Numbers are those of the recording, as the Batches pane shows them.",
            valueName: "numbers"
        ),
        transform: ReplayArguments.numbers
    )
    var batch: Set<BatchID> = []

    @Option(
        name: .customLong("event-id"),
        help: ArgumentHelp("Only the record with this eventID; given several times, these.", valueName: "id")
    )
    var eventIDs: [String] = []

    @Option(
        name: .customLong("shard"),
        help: ArgumentHelp("Only batches of this shard; given several times, of these.", valueName: "id")
    )
    var shards: [String] = []

    @Flag(name: .long, help: "Everything that the recording holds.")
    var all = false

    /// Creates options to be filled by the parser.
    init() {}

    /// One way to choose is needed: nobody sends a whole session again by leaving something out.
    func validate() throws {
        let isGiven = !self.batch.isEmpty || !self.eventIDs.isEmpty || !self.shards.isEmpty
        guard isGiven != self.all else {
            throw ValidationError(
                isGiven
                    ? "--all does not go together with --batch, --event-id or --shard: give one or the other."
                    : "Say what is sent again: --batch <numbers>, --event-id <id>, --shard <id>, or --all."
            )
        }
        for (option, values) in [("--event-id <id>", self.eventIDs), ("--shard <id>", self.shards)]
        where values.contains("") {
            throw ValidationError("The value '' is invalid for '\(option)': an ID is needed")
        }
    }

    /// What is chosen.
    var selection: RecordingSelection {
        RecordingSelection(
            batches: self.batch,
            records: Set(self.eventIDs.map { EventID($0) }),
            shards: Set(self.shards.map { ShardID($0) })
        )
    }

    @Sendable private static func numbers(_ text: String) throws -> Set<BatchID> {
        var batches: Set<BatchID> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = UInt64(word), number > 0 else {
                throw ValidationError("numbers from 1 are accepted, with commas and no spaces between them")
            }
            batches.insert(BatchID(number))
        }
        return batches
    }
}
