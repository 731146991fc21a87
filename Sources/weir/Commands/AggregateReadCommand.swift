// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBClient
import DynamoDBModel
import RecordHandlers

/// `weir aggregate read`: the numbers, the parts of each group added up.
struct AggregateReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Add up the parts of each group and show the numbers.",
        discussion: """
            The table itself says what it keeps. Without --group it is scanned; with it, only the items of that group are \
            read. Reads are strongly consistent; groups and parts that change meanwhile may be of different moments.

            Numbers have up to 38 digits. With --json they are strings, since many readers of JSON make doubles of numbers.

            Exit code: 0; 1 there is no aggregate in the table, or not that group; 4 it cannot be reached.

            EXAMPLES
              weir aggregate read --aggregate-table Totals
              weir aggregate read --aggregate-table Totals --group alice
              weir aggregate read --aggregate-table Totals --json | jq -c .values
            """
    )

    @Option(
        name: .customLong("aggregate-table"),
        help: ArgumentHelp("Table that keeps the numbers.", valueName: "table")
    )
    var table: String

    @Option(name: .long, help: ArgumentHelp("Only this group.", valueName: "name"))
    var group: String?

    @Flag(name: .long, help: "One JSON object a line instead of a table.")
    var json = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
    @OptionGroup(title: "Log")
    var log: LogArguments

    func validate() throws {
        for (option, value) in [("--aggregate-table <table>", self.table), ("--group <name>", self.group)]
        where value?.isEmpty == true {
            throw ValidationError("The value '' is invalid for '\(option)': a name is needed")
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let client = try process.connect(self.connection.options)
        let reading: AggregateReading
        do {
            reading = try await Self.read(self.table, group: self.group, client: client)
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
        if let group, reading.groups.isEmpty {
            throw ProgramFailure(
                status: ExitStatus.failure,
                message: "\(self.table) has no group \(group). Without --group all are shown."
            )
        }
        if self.json {
            for group in reading.groups { process.output.json(AggregateReport.line(group, of: reading.definition)) }
        } else if reading.groups.isEmpty {
            process.errors.line("\(self.table) keeps \(reading.definition.summary), and no group so far.")
        } else {
            for line in AggregateReport.table(reading) { process.output.line(line) }
        }
    }

    private static func read(
        _ table: String,
        group: String?,
        client: DynamoDBClient
    ) async throws -> AggregateReading {
        do {
            return try await AggregateReading.read(table, group: group, api: client)
        } catch let error as AggregatePreflightError {
            throw ConsumerSetup.failure(error)
        } catch let error as AggregateReadingError {
            throw ProgramFailure(status: ExitStatus.failure, message: error.description)
        } catch let error as DynamoDBError {
            throw StreamLocator.unreachable("read \(table)", error)
        }
    }
}
