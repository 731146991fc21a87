// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import TestSupport
import Testing

@Suite("Templates over a record")
struct RecordTemplateTests {
    private static func record(
        old: String? = #"{"file":{"S":"a b/ä.pdf"},"size":{"N":"0010.50"},"meta":{"M":{"path":{"S":"in"}}}}"#,
        new: String? = nil
    ) -> StreamRecord {
        var record = HandlerConformance.record(7)
        record.oldImage = old.map { RawItem(unchecked: Array($0.utf8)[...]) }
        record.newImage = new.map { RawItem(unchecked: Array($0.utf8)[...]) }
        return record
    }

    private static func template(_ text: String) throws(HandlerSetupError) -> RecordTemplate {
        try RecordTemplate(text, option: "--key")
    }

    @Test(arguments: [
        ("plain", "plain"), ("{Keys.messageId}", "msg-7"), ("a/{OldImage.file}!", "a/a b/ä.pdf!"),
        ("{Keys.messageId}-{Keys.createdAt}-{OldImage.size}", "msg-7-1767225600007-10.5"),
        ("{OldImage.meta.path}", "in"),
        ("{{x}}{{{Keys.messageId}}}", "{x}{msg-7}"),
    ])
    func placesAreFilledIn(template: String, text: String) throws {
        #expect(try Self.template(template).text(for: Self.record()) == text)
    }

    @Test func anAttributeWhoseNameHasDotsGoesBeforeAPath() throws {
        let record = Self.record(new: #"{"a.b":{"S":"name"},"a":{"M":{"b":{"S":"path"},"c.d":{"S":"both"}}}}"#)
        #expect(try Self.template("{NewImage.a.b}").text(for: record) == "name")
        #expect(try Self.template("{NewImage.a.c.d}").text(for: record) == "both")
    }

    @Test(arguments: [
        ("{OldImage.none}", "it has no attribute OldImage.none"), ("{NewImage.file}", "it has no NewImage"),
        ("{OldImage.meta}", "OldImage.meta has type M"), ("{OldImage.file.x}", "it has no attribute OldImage.file.x"),
    ])
    func whatIsMissingIsNamedWithoutAnyValue(template: String, problem: String) throws {
        let template = try Self.template(template)
        let error = #expect(throws: RecordTemplate.Missing.self) { try template.text(for: Self.record()) }
        #expect(error?.description.contains(problem) == true)
        #expect(error?.description.contains("pdf") == false)
    }

    @Test(arguments: ["", "{", "a}", "{}", "{Keys}", "{Keys.}", "{Image.a}", "{keys.a}", "{Keys.a", "{{Keys.a}"])
    func whatIsNoTemplateIsRefusedWithWhatIsAccepted(text: String) {
        let error = #expect(throws: HandlerSetupError.self) { try Self.template(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains("--key") == true)
        #expect(error?.description.contains("{OldImage.name}") == true)
    }

    @Test func itIsKnownWhetherARecordMatters() throws {
        #expect(try Self.template("bucket").constant == "bucket")
        #expect(try Self.template("{{b}}").constant == "{b}")
        #expect(try Self.template("b-{Keys.a}").constant == nil)
    }

    @Test(arguments: [
        ("{Keys.a}", StreamViewType.allCases), ("plain", StreamViewType.allCases),
        ("{NewImage.a}", [.newImage, .newAndOldImages]), ("{OldImage.a}", [.oldImage, .newAndOldImages]),
        ("{OldImage.a}{NewImage.a}", [.newAndOldImages]),
    ])
    func aStreamWithoutTheImageIsRefused(text: String, accepted: [StreamViewType]) throws {
        let template = try Self.template(text)
        for viewType in StreamViewType.allCases {
            if accepted.contains(viewType) {
                try template.check(against: viewType)
            } else {
                let error = #expect(throws: HandlerSetupError.self) { try template.check(against: viewType) }
                #expect(error?.description.contains(viewType.rawValue) == true)
            }
        }
    }

    @Test func onlyTheNamedItemsAreDecoded() throws {
        #expect(try Self.template("{Keys.messageId}").text(for: Self.record(old: "no json", new: "no json")) == "msg-7")
    }
}
