// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir filter`: what has to do with filter patterns.
struct FilterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Try filter patterns on records.",
        discussion: """
            A pattern is what FilterCriteria of a Lambda event source mapping holds: a JSON object that mirrors the record, \
            with arrays of alternatives as leaves.

            EXAMPLES
              weir filter test --pattern '{"eventName":["INSERT"]}' event.json
              weir run --table Messages --filter '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"order#"}]}}}}'
            """,
        subcommands: [FilterTestCommand.self]
    )
}
