// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBModel

/// `weir filter test`: holds records in files against patterns.
struct FilterTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Say which records match, and why the others do not.",
        discussion: """
            A file holds one record as a Lambda function gets it, an event {"Records":[…]}, an array of records, or JSON \
            lines, such as 'weir run --records-out' writes. Several patterns are alternatives, as several filters of a \
            mapping are. What a record has where a condition is not met is shown.

            Exit code: 0 all records match; 1 one does not; 2 a pattern is invalid, or a file cannot be read.

            EXAMPLES
              weir filter test --pattern '{"eventName":["INSERT","MODIFY"]}' event.json
              weir filter test --pattern '{"userIdentity":{"type":["Service"]}}' \\
                --pattern '{"dynamodb":{"NewImage":{"status":{"S":["open"]}}}}' \\
                records.jsonl
              weir run --table Messages --records-out records.jsonl --until-idle 5s
              weir filter test --pattern "$(cat pattern.json)" - < records.jsonl
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A pattern, at most \(EventPattern.maximumLength) characters of JSON; may be given up to \(FilterCriteria.maximumCount) times.",
            valueName: "pattern"
        )
    )
    var pattern: [String]

    @Argument(help: ArgumentHelp("Files with records; - is standard input.", valueName: "file"))
    var files: [String]

    func run() throws {
        let output = LineOutput.standardOutput()
        let errors = LineOutput.standardError()
        let criteria: FilterCriteria
        do throws(FilterCriteriaError) {
            criteria = try FilterCriteria(compiling: self.pattern)
        } catch {
            throw ProgramFailure(status: ExitStatus.usage, message: error.description)
        }
        for warning in criteria.warnings { errors.line("weir: warning: \(warning)") }
        var allMatch = true
        for file in self.files {
            let records = try Self.records(in: file)
            if records.isEmpty { errors.line("weir: warning: \(file) holds no record") }
            for (index, record) in records.enumerated() {
                let explanation = criteria.explain(record)
                let place = records.count > 1 ? "\(file), record \(index + 1)" : file
                for line in FilterReport.lines(explanation, place: place) { output.line(line) }
                allMatch = allMatch && explanation.isMatch
            }
        }
        if let failure = output.endOfProgram { throw failure }
        if !allMatch { throw ProgramFailure(status: ExitStatus.failure, message: nil) }
    }

    private static func records(in file: String) throws -> [JSONValue] {
        let bytes = try InputFile.read(file)
        do throws(JSONFault) {
            return try FilterEvents.records(in: bytes)
        } catch {
            throw ProgramFailure(status: ExitStatus.usage, message: "\(file) is not JSON: \(error)")
        }
    }
}
