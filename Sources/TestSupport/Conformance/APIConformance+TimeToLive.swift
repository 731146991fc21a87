// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension APIConformance {
    private static func update(
        _ subject: APISubject,
        _ table: String,
        _ isEnabled: Bool,
        _ attribute: String = "expires"
    ) async throws -> TimeToLiveSpecification {
        try await subject.api.updateTimeToLive(
            UpdateTimeToLiveRequest(
                tableName: table,
                specification: TimeToLiveSpecification(isEnabled: isEnabled, attributeName: attribute)
            )
        )
    }

    static let timeToLiveCases: [APIConformanceCase] = [
        APIConformanceCase("time to live: a new table has none") { subject in
            let table = try await subject.table().tableName
            let found = try await subject.api.describeTimeToLive(table)
            try checkEqual(found, TimeToLiveDescription(status: .disabled), "the description")
        },
        APIConformanceCase("time to live: switched on it names its attribute") { subject in
            let table = try await subject.table().tableName
            let answer = try await Self.update(subject, table, true)
            let wish = TimeToLiveSpecification(isEnabled: true, attributeName: "expires")
            try checkEqual(answer, wish, "the answer")
            let found = try await subject.api.describeTimeToLive(table)
            try checkEqual(found.attributeName, "expires", "the attribute")
            try check([.enabling, .enabled].contains(found.status), "the status is \(found.status)")
        },
        APIConformanceCase("time to live: switching it on twice, or on another attribute, is refused") { subject in
            let table = try await subject.table().tableName
            _ = try await Self.update(subject, table, true)
            let twice = try await checkRefused(.validation) { try await Self.update(subject, table, true) }
            try check(twice.message.contains("already enabled"), "the text is \(twice.message)")
            let other = try await checkRefused(.validation) { try await Self.update(subject, table, true, "other") }
            try check(other.message.contains("different AttributeName"), "the text is \(other.message)")
        },
        APIConformanceCase("time to live: switching off what is not on is refused") { subject in
            let table = try await subject.table().tableName
            let error = try await checkRefused(.validation) { try await Self.update(subject, table, false) }
            try check(error.message.contains("already disabled"), "the text is \(error.message)")
        },
        APIConformanceCase("time to live: switched off it is DISABLED and names no attribute") { subject in
            let table = try await subject.table().tableName
            _ = try await Self.update(subject, table, true)
            _ = try await Self.update(subject, table, false)
            let found = try await subject.api.describeTimeToLive(table)
            try checkEqual(found, TimeToLiveDescription(status: .disabled), "the description")
        },
        APIConformanceCase("time to live: attributes have names of 1 to 255 bytes") { subject in
            let table = try await subject.table().tableName
            for name in ["", String(repeating: "n", count: 256)] {
                try await checkRefused(.validation) { try await Self.update(subject, table, true, name) }
            }
            _ = try await Self.update(subject, table, true, String(repeating: "n", count: 255))
        },
        APIConformanceCase("time to live: a table that is not there is not found") { subject in
            try await checkRefused(.resourceNotFound) { try await Self.update(subject, "no-such-table", true) }
            try await checkRefused(.resourceNotFound) {
                try await subject.api.describeTimeToLive("no-such-table")
            }
        },
        APIConformanceCase("time to live: an expired item that is still there is read") { subject in
            let table = try await subject.table().tableName
            _ = try await Self.update(subject, table, true)
            try await subject.put(table, subject.item("a", 1, ["expires": numberValue("1690000000")]))
            try check(try await subject.get(table, subject.item("a", 1)) != nil, "it is not")
        },
    ]
}
