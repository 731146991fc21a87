// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The figures of both sides, beside each other, and where they disagree.
package struct HeadlineReport: Hashable, Sendable {
    /// Messages that the generator wrote; each is one INSERT record and one item in staging.
    package var messages: Int
    /// The engine's side.
    package var engine: EngineFigures
    /// The endpoint's side.
    package var endpoint: EndpointFigures

    /// Creates a report.
    package init(messages: Int, engine: EngineFigures, endpoint: EndpointFigures) {
        self.messages = messages
        self.engine = engine
        self.endpoint = endpoint
    }

    private struct Row {
        var title: String
        var engine: String
        var endpoint: String
        var isAgreed: Bool
    }

    /// Where the sides disagree, or one of them with what was written; empty if nothing is wrong.
    package var disagreements: [String] {
        self.rows.filter { !$0.isAgreed }.map { "\($0.title): engine \($0.engine), endpoint \($0.endpoint)" }
    }

    private var rows: [Row] {
        let engine = self.engine
        let endpoint = self.endpoint
        func pair(_ title: String, _ left: Int, _ right: Int) -> Row {
            Row(title: title, engine: Self.grouped(left), endpoint: Self.grouped(right), isAgreed: left == right)
        }
        return [
            Row(
                title: "INSERT records",
                engine: Self.grouped(engine.insertRecords),
                endpoint: "\(Self.grouped(self.messages)) written",
                isAgreed: engine.insertRecords == self.messages
            ),
            Row(title: "batches", engine: Self.grouped(engine.batches), endpoint: "", isAgreed: true),
            pair("BatchWriteItem requests", engine.batchWriteItemRequests, endpoint.batchWriteItemRequests),
            pair("DeleteItem requests", engine.deleteItemRequests, endpoint.deleteItemRequests),
            pair("items deleted", engine.itemsDeleted, endpoint.itemsDeleted),
            Row(
                title: "items left in staging",
                engine: Self.grouped(self.messages - engine.itemsDeleted),
                endpoint: Self.grouped(endpoint.stagingItemsLeft),
                isAgreed: endpoint.stagingItemsLeft == self.messages - engine.itemsDeleted
            ),
            Row(
                title: "write capacity units",
                engine: Self.units(engine.writeCapacityUnits),
                endpoint: Self.units(endpoint.writeCapacityUnits),
                isAgreed: engine.writeCapacityUnits == endpoint.writeCapacityUnits
            ),
        ]
    }

    /// The table for people, a line each.
    package var lines: [String] {
        var lines = [Self.line("", "engine", "endpoint", "")]
        for row in self.rows {
            lines.append(Self.line(row.title, row.engine, row.endpoint, row.isAgreed ? "" : "  <- differs"))
        }
        let requests = self.engine.batchWriteItemRequests + self.engine.deleteItemRequests
        if requests > 0, requests < self.engine.insertRecords {
            lines.append(
                "\(Self.grouped(requests)) requests did what \(Self.grouped(self.engine.insertRecords)) single deletes "
                    + "would have done."
            )
        }
        lines.append(
            self.disagreements.isEmpty
                ? "Both sides agree." : "The sides disagree: a request was lost, repeated or made by somebody else."
        )
        return lines
    }

    /// The report as one JSON object, without a line break.
    package var json: [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.name("v")
        json.number(1)
        json.name("messages")
        json.number(self.messages)
        json.name("engine")
        json.beginObject()
        json.name("insertRecords")
        json.number(self.engine.insertRecords)
        json.name("batches")
        json.number(self.engine.batches)
        json.name("batchWriteItemRequests")
        json.number(self.engine.batchWriteItemRequests)
        json.name("deleteItemRequests")
        json.number(self.engine.deleteItemRequests)
        json.name("itemsDeleted")
        json.number(self.engine.itemsDeleted)
        json.name("writeCapacityUnits")
        json.number(self.engine.writeCapacityUnits)
        json.endObject()
        json.name("endpoint")
        json.beginObject()
        json.name("batchWriteItemRequests")
        json.number(self.endpoint.batchWriteItemRequests)
        json.name("deleteItemRequests")
        json.number(self.endpoint.deleteItemRequests)
        json.name("itemsDeleted")
        json.number(self.endpoint.itemsDeleted)
        json.name("stagingItemsLeft")
        json.number(self.endpoint.stagingItemsLeft)
        json.name("writeCapacityUnits")
        json.number(self.endpoint.writeCapacityUnits)
        json.endObject()
        json.name("agree")
        json.bool(self.disagreements.isEmpty)
        json.endObject()
        return json.bytes
    }

    // MARK: - Text

    private static func line(_ title: String, _ engine: String, _ endpoint: String, _ mark: String) -> String {
        let text =
            title + Self.blanks(26 - title.utf8.count) + Self.blanks(14 - engine.utf8.count) + engine
            + Self.blanks(20 - endpoint.utf8.count) + endpoint + mark
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    private static func blanks(_ count: Int) -> String {
        String(repeating: " ", count: max(0, count))
    }

    private static func units(_ units: Double) -> String {
        units == units.rounded() && abs(units) < 1e15 ? Self.grouped(Int(units)) : units.description
    }

    /// A whole number with a comma after each three digits.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }
}
