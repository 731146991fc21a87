// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import Testing

@Suite("What an aggregate is")
struct AggregateDefinitionTests {
    static func definition(
        _ values: [String] = ["count"],
        by group: String? = nil,
        writeShards: Int = 1,
        events: Set<ChangeKind> = [],
        filters: [String] = []
    ) throws -> AggregateDefinition {
        try AggregateDefinition(
            values: values.map { try AggregateValue($0) },
            group: group.map { try RecordPath($0) },
            writeShards: writeShards,
            events: events,
            filters: filters
        )
    }

    @Test(arguments: [
        ("count", "count", "count"),
        ("orders=count", "orders", "count"),
        ("sum:NewImage.total", "sum_total", "sum:NewImage.total"),
        ("sum:NewImage.a.b", "sum_a_b", "sum:NewImage.a.b"),
        ("sum:Keys.n", "sum_n", "sum:Keys.n"),
        ("revenue=sum:NewImage.total", "revenue", "sum:NewImage.total"),
    ])
    func aValueHasANameAndAFunction(text: String, name: String, function: String) throws {
        let value = try AggregateValue(text)
        #expect(value.name == name)
        #expect(value.function.description == function)
        #expect(value.description == "\(name)=\(function)")
    }

    @Test(arguments: [
        "", "counts", "sum", "sum:", "sum:total", "sum:NewImage", "sum:NewImage.", "sum:OldImage.total",
        "avg:NewImage.a",
        "=count", "weir:x=count", "x=", String(repeating: "x", count: 256) + "=count",
    ])
    func whatIsNoValueIsRefusedWithWhatIsAccepted(text: String) {
        let error = #expect(throws: HandlerSetupError.self) { try AggregateValue(text) }
        #expect(error?.code == .invalidSetting)
        // The parser says whose value it is; said here as well, it would stand there twice.
        #expect(error?.description.contains("is invalid for") == false)
    }

    @Test(arguments: ["", "customer", "OldImage.customer", "Keys.", "Image.a"])
    func whatIsNoPathIsRefused(text: String) {
        let error = #expect(throws: HandlerSetupError.self) { try RecordPath(text) }
        #expect(error?.description.hasPrefix("Keys.name and NewImage.name are accepted") == true)
    }

    @Test func twoValuesCannotHaveOneName() throws {
        let error = #expect(throws: HandlerSetupError.self) {
            try Self.definition(["sum:NewImage.a.b", "sum:NewImage.a_b"])
        }
        #expect(error?.description.contains("sum_a_b") == true)
    }

    /// Which view types tell enough, and what the others would need.
    @Test(
        arguments: [
            (["count"], nil, [], Set(StreamViewType.allCases)),
            (["count"], "Keys.id", [], Set(StreamViewType.allCases)),
            (["count", "sum:Keys.n"], "Keys.id", [], Set(StreamViewType.allCases)),
            (["count"], "NewImage.customer", [], [.newAndOldImages]),
            (["sum:NewImage.total"], nil, [], [.newAndOldImages]),
            (["sum:NewImage.total"], "Keys.id", [.insert], [.newImage, .newAndOldImages]),
            (["sum:NewImage.total"], "Keys.id", [.remove], [.oldImage, .newAndOldImages]),
            (["sum:NewImage.total"], "Keys.id", [.insert, .remove], [.newAndOldImages]),
            (["sum:NewImage.total"], "Keys.id", [.modify], [.newAndOldImages]),
        ] as [([String], String?, Set<ChangeKind>, Set<StreamViewType>)]
    )
    func imagesAreNeededOnlyWhereTheyAreRead(
        values: [String],
        group: String?,
        events: Set<ChangeKind>,
        fit: Set<StreamViewType>
    ) throws {
        let definition = try Self.definition(values, by: group, events: events)
        for viewType in StreamViewType.allCases {
            if fit.contains(viewType) {
                try definition.check(against: viewType, of: "Orders")
            } else {
                let error = #expect(throws: HandlerSetupError.self) {
                    try definition.check(against: viewType, of: "Orders")
                }
                let text = error?.description ?? ""
                #expect(text.contains("the stream of Orders has \(viewType.rawValue)"))
                for view in fit { #expect(text.contains(view.rawValue), "\(text)") }
                #expect(text.contains("Keys.name works with every view type"))
            }
        }
    }

    @Test func aViewTypeThatTellsSomeEventsIsGoodForThose() throws {
        let error = #expect(throws: HandlerSetupError.self) {
            try Self.definition(["sum:NewImage.total"]).check(against: .newImage, of: "Orders")
        }
        #expect(error?.description.contains("for MODIFY,REMOVE") == true)
        #expect(error?.description.contains("--events INSERT") == true)
        #expect(error?.description.contains("could not be subtracted") == true)
    }

    @Test func whatPeopleReadIsAsShortAsItCanBe() throws {
        let definition = try Self.definition(["count", "sum:NewImage.a", "x=sum:NewImage.b"], by: "Keys.id")
        #expect(definition.summary == "count, sum:NewImage.a, x=sum:NewImage.b by Keys.id")
    }
}
