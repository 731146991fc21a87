// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import Testing

@Suite("What a pipeline has to be allowed")
struct PipelinePermissionsTests {
    private static let place = ResourcePlace(region: "eu-central-1", account: "123456789012")
    private static let tables = "arn:aws:dynamodb:eu-central-1:123456789012:table"
    private static let streamARN = StreamARN("\(tables)/Orders/stream/2015-05-11T21:21:33.291")

    /// Statements as text: `actions on resources`.
    private static func statements(_ permissions: PipelinePermissions) -> [String] {
        permissions.document.statements.map {
            "\($0.actions.joined(separator: " ")) on \($0.resources.joined(separator: " "))"
        }
    }

    private static func permissions(
        _ source: PipelinePermissions.Source = .table("Orders"),
        _ work: PipelinePermissions.Work = .none,
        _ destination: String? = nil,
        place: ResourcePlace = PipelinePermissionsTests.place,
        isDryRun: Bool = false,
        listsStreams: Bool = false
    ) throws -> PipelinePermissions {
        PipelinePermissions(
            place: place,
            source: source,
            work: work,
            destination: try destination.map { try DestinationName($0) },
            isDryRun: isDryRun,
            listsStreams: listsStreams
        )
    }

    private static let reading = "dynamodb:DescribeStream dynamodb:GetShardIterator dynamodb:GetRecords on"

    @Test func toLookOnTheStreamIsReadAndItsTableDescribed() throws {
        #expect(
            try Self.statements(Self.permissions()) == [
                "\(Self.reading) \(Self.tables)/Orders/stream/*", "dynamodb:DescribeTable on \(Self.tables)/Orders",
            ]
        )
    }

    @Test func aStreamThatIsNamedIsReadAlone() throws {
        #expect(
            try Self.statements(Self.permissions(.stream(Self.streamARN))) == ["\(Self.reading) \(Self.streamARN)"]
        )
    }

    @Test(arguments: [(DeleteMode.batch, "dynamodb:BatchWriteItem"), (.item, "dynamodb:DeleteItem")])
    func toDeleteBothTablesAreDescribedAndOneIsWritten(mode: DeleteMode, action: String) throws {
        for source in [PipelinePermissions.Source.table("Orders"), .stream(Self.streamARN)] {
            let statements = try Self.statements(Self.permissions(source, .delete(staging: "Staging", mode)))
            #expect(
                statements.dropFirst() == [
                    "dynamodb:DescribeTable on \(Self.tables)/Orders \(Self.tables)/Staging",
                    "\(action) on \(Self.tables)/Staging",
                ]
            )
        }
        let elsewhere = "arn:aws:dynamodb:eu-west-1:210987654321:table/Staging"
        let byARN = try Self.statements(Self.permissions(.table("Orders"), .delete(staging: elsewhere, mode)))
        #expect(byARN.last == "\(action) on \(elsewhere)")
    }

    @Test(arguments: [
        ("f", "eu-central-1:123456789012:function:f"), ("f:live", "eu-central-1:123456789012:function:f:live"),
        ("210987654321:function:f", "eu-central-1:210987654321:function:f"),
        ("arn:aws:lambda:us-east-1:210987654321:function:f:7", "us-east-1:210987654321:function:f:7"),
    ])
    func aFunctionIsInvokedAsItIsNamed(name: String, arn: String) throws {
        let statements = try Self.statements(Self.permissions(.table("Orders"), .invoke(try FunctionName(name))))
        #expect(statements.last == "lambda:InvokeFunction on arn:aws:lambda:\(arn)")
        #expect(statements.count == 3)
    }

    @Test(arguments: [
        ("files", "{OldImage.path}", "files/*"), ("files", "in/{Keys.a}-{Keys.b}.txt", "files/in/*-*.txt"),
        ("b-{Keys.tenant}", "all", "b-*/all"), ("files", "what?*/${x}.{Keys.a}", "files/what${?}${*}/${$}x.*"),
    ])
    func placesOfATemplateMatchAnythingAndAllElseIsLiteral(bucket: String, key: String, resource: String) throws {
        let work = PipelinePermissions.Work.deleteObjects(
            bucket: try RecordTemplate(bucket, option: "--bucket"),
            key: try RecordTemplate(key.replacing("${x}", with: "$x"), option: "--key")
        )
        #expect(
            try Self.statements(Self.permissions(.table("Orders"), work)).last
                == "s3:DeleteObject on arn:aws:s3:::\(resource)"
        )
    }

    @Test(arguments: [
        ("arn:aws:sqs:eu-west-1:123456789012:q", "sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:q"),
        ("arn:aws:sns:eu-west-1:123456789012:t", "sns:Publish on arn:aws:sns:eu-west-1:123456789012:t"),
        ("arn:aws:s3:::b", "s3:PutObject on arn:aws:s3:::b/aws/lambda/*"), ("file:failed.jsonl", nil),
    ])
    func aDestinationIsWrittenTo(destination: String, statement: String?) throws {
        let statements = try Self.statements(Self.permissions(.table("Orders"), .none, destination))
        let lookup = statements.filter { $0 == "sqs:GetQueueUrl on \(destination)" }
        // Its URL is asked for before anything is sent to it.
        #expect(lookup.count == (destination.contains(":sqs:") ? 1 : 0))
        #expect(statements.count == (statement == nil ? 2 : 3) + lookup.count)
        if let statement { #expect(statements.last == statement) }
    }

    @Test func aDryRunWritesNothing() throws {
        let permissions = try Self.permissions(
            .table("Orders"),
            .delete(staging: "Staging", .batch),
            "arn:aws:s3:::b",
            isDryRun: true
        )
        #expect(permissions.writes.isEmpty)
        #expect(Self.statements(permissions).count == 2)
        let queue = "arn:aws:sqs:eu-west-1:123456789012:q"
        #expect(try Self.statements(Self.permissions(.table("Orders"), .none, queue, isDryRun: true)).count == 2)
    }

    @Test func streamsAreListedWhereThatIsAskedFor() throws {
        #expect(try Self.statements(Self.permissions(listsStreams: true)).last == "dynamodb:ListStreams on *")
    }

    @Test(arguments: [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-east-1", "aws")])
    func eachPartitionHasItsName(region: String, partition: String) throws {
        let place = ResourcePlace(region: region, account: "123456789012")
        let work = PipelinePermissions.Work.deleteObjects(
            bucket: try RecordTemplate("b", option: "--bucket"),
            key: try RecordTemplate("k", option: "--key")
        )
        let document = try Self.permissions(.table("T"), work, place: place).document
        for resource in document.statements.flatMap(\.resources) { #expect(resource.hasPrefix("arn:\(partition):")) }
    }

    @Test(arguments: [
        ("arn:aws:dynamodb:eu-west-1:123456789012:table/T", "aws eu-west-1 123456789012"),
        ("arn:aws-cn:dynamodb:cn-north-1:1:table/T/stream/2015-05-11T21:21:33.291", "aws-cn cn-north-1 1"),
        ("arn:aws:s3:::bucket", nil), ("arn:aws:dynamodb::1:table/T", nil), ("T", nil), ("", nil),
    ])
    func aPlaceIsReadFromTheARNOfATable(arn: String, parts: String?) {
        let place = ResourcePlace(arn: arn)
        #expect(place.map { "\($0.partition) \($0.region) \($0.account)" } == parts)
    }

    @Test(arguments: PermissionSamples.all)
    func everyPolicyKeepsToTheGrammar(sample: PermissionSamples.Sample) throws {
        let text = sample.permissions.document.text
        #expect(try PolicyGrammar.problems(of: text) == [], "\(text)")
    }

    @Test func theGrammarCanBeBroken() throws {
        let bad = [
            #"{"Version":"2012-10-17","Statement":[]}"#, #"{"Statement":[]}"#,
            #"{"Version":"2012-10-17","Statement":[{"Sid":"a b","Effect":"Allow","Action":["s3:Get"],"Resource":["*"]}]}"#,
            #"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":[],"Resource":["*"]}]}"#,
            #"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":["s3:Get"],"Resource":["b/c"]}]}"#,
        ]
        for text in bad { #expect(try !PolicyGrammar.problems(of: text).isEmpty, "\(text)") }
    }
}
