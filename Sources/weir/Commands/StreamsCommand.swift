// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBClient
import DynamoDBModel

/// `weir streams`: lists what there is.
struct StreamsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streams",
        abstract: "List the streams of an account and region.",
        discussion: """
            Streams that were switched off stay readable, and listed, for 24 hours.

            EXAMPLES
              weir streams
              weir streams --table Messages --region eu-central-1
              weir streams --json | jq -r .stream
            """
    )

    @Option(name: .long, help: ArgumentHelp("Only streams of this table.", valueName: "name"))
    var table: String?

    @Flag(name: .long, help: "One JSON object a line instead of a table.")
    var json = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
    @OptionGroup(title: "Log")
    var log: LogArguments

    func validate() throws {
        if self.table?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '--table <name>': a name is needed")
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let client = try process.connect(self.connection.options)
        let descriptions: [StreamDescription]
        do {
            descriptions = try await Patience.waiting(for: client.streamsEndpoint, process: process) {
                let streams = try await StreamListing(api: client).all(table: self.table)
                // Of a table without any it is said why: there is no such table, or it has no stream.
                if streams.isEmpty, let table = self.table {
                    let options = process.commandOptions(of: client)
                    _ = try await StreamLocator(streams: client, tables: client, commandOptions: options)
                        .locate(table: table, streamARN: nil)
                }
                return streams
            }
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        if self.json {
            for description in descriptions { process.output.json(StreamListing.line(description)) }
        } else if descriptions.isEmpty {
            process.errors.line("No streams\(self.table.map { " of table \($0)" } ?? "") in \(client.region).")
        } else {
            for line in StreamListing.table(descriptions) { process.output.line(line) }
        }
        if let failure = process.output.endOfProgram { throw failure }
    }
}
