// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How recorded records are written for other programs.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    /// What a function in AWS Lambda gets, one event for each batch.
    case lambdaEvent = "lambda-event"
    /// Records as GetRecords answers them, one a line.
    case dynamoDBJSON = "dynamodb-json"
    /// Records without DynamoDB's types, one a line.
    case json
    /// A table for spreadsheets, with a column for each attribute.
    case csv
    /// The dashboard as asciinema plays it.
    case asciicast
}
