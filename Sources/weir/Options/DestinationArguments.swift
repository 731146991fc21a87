// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// Where is told what was given up.
struct DestinationArguments: ParsableArguments {
    @Option(
        name: .customLong("on-failure"),
        help: ArgumentHelp(
            "Where batches that are given up are told of: file:PATH, or the ARN of an SQS queue, an SNS topic or a bucket.",
            discussion: """
                The message is the one of Lambda's event source mapping; files and buckets get the records with it. It \
                gets 10 s; after one that was not taken, one attempt of 1 s each, until one is taken. What is not taken is \
                dropped, told and counted.
                """,
            valueName: "destination"
        )
    )
    var destination: String?

    @Option(
        name: .customLong("on-failure-endpoint"),
        help: ArgumentHelp(
            "Where the queue or the topic is, such as http://127.0.0.1:5000.",
            discussion: "Default: AWS_ENDPOINT_URL_SQS or _SNS, AWS_ENDPOINT_URL, then AWS itself.",
            valueName: "url"
        )
    )
    var endpoint: String?

    /// Creates options to be filled by the parser.
    init() {}

    /// The destination; nil: there is none.
    var name: DestinationName? { self.destination.flatMap { try? DestinationName($0) } }

    /// Refuses what cannot be told.
    func validate() throws {
        try EndpointArgument.check(self.endpoint, option: "--on-failure-endpoint <url>")
        guard let destination = self.destination else { return }
        do throws(HandlerSetupError) {
            _ = try DestinationName(destination)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
