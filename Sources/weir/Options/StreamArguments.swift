// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBModel
import RecordHandlers

/// Which stream to read.
struct StreamArguments: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Table whose current stream is read.", valueName: "name"))
    var table: String?

    @Option(
        name: .customLong("stream-arn"),
        help: ArgumentHelp("Stream to read; also one that was switched off less than 24 hours ago.", valueName: "arn")
    )
    var streamARN: String?

    @Option(
        name: .customLong("other-readers"),
        help: ArgumentHelp(
            "Readers of this stream that Weir cannot see, 0 to 1000 (default: 0).",
            discussion: """
                Event source mappings, KCL applications, runs on other machines. Runs on this machine and the replication of a \
                global table are counted by Weir. DynamoDB serves two readers of a shard; you are warned of more.
                """,
            valueName: "n"
        ),
        transform: NumberArgument.within(ConsumerConfiguration.readers)
    )
    var otherReaders = 0

    /// Creates options to be filled by the parser.
    init() {}

    /// What has to be allowed for: the table's current stream, whichever it is, or that one.
    var source: PipelinePermissions.Source {
        if let streamARN { return .stream(StreamARN(streamARN)) }
        guard let table else { preconditionFailure("neither a table nor a stream") }
        return .table(table)
    }

    /// One of the two is needed.
    func validate() throws {
        switch (self.table, self.streamARN) {
        case (nil, nil):
            throw ValidationError(
                "Name the stream with --table <name> or --stream-arn <arn>; 'weir streams' lists what there is."
            )
        case (_?, _?): throw ValidationError("--table and --stream-arn exclude each other: give one of them.")
        default: break
        }
        if let streamARN, !streamARN.isEmpty, !Self.isStreamARN(streamARN) {
            throw ValidationError(
                "The value '\(streamARN)' is invalid for '--stream-arn <arn>': "
                    + "arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL is accepted; 'weir streams' lists what there is"
            )
        }
        for (option, value) in [("--table <name>", self.table), ("--stream-arn <arn>", self.streamARN)]
        where value?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '\(option)': a name is needed")
        }
    }

    private static func isStreamARN(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "dynamodb" else { return false }
        let names = parts[5].split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 4 && names[0] == "table" && names[2] == "stream" && names.allSatisfy { !$0.isEmpty }
    }
}
