// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBClient
import DynamoDBModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct DynamoDBClientTests {
    private func failure(
        _ answer: ScriptedHTTP.Answer,
        endpoint: String = "http://127.0.0.1:8000",
        attempts: Int = 1
    ) async throws -> DynamoDBError {
        let client = try ScriptedHTTP([answer]).client(endpoint: endpoint, attempts: attempts)
        return try await #require(throws: DynamoDBError.self) {
            try await client.records(at: ShardIterator("x"), limit: 10)
        }
    }

    private static let aws = "https://dynamodb.us-east-1.amazonaws.com"

    @Test func aRequestHasTheServicesHeadersAndTheVersion() async throws {
        let http = ScriptedHTTP([.ok(#"{"TableNames":[]}"#)])
        _ = try await http.client().listTables(ListTablesRequest())
        let message = try #require(http.messages.first)
        #expect(message.method == "POST" && message.target == "/")
        #expect(message.header("X-Amz-Target") == "DynamoDB_20120810.ListTables")
        #expect(message.header("Content-Type") == "application/x-amz-json-1.0")
        #expect(message.header("User-Agent") == "weir/\(DynamoDBClient.version)")
        #expect(message.header("Authorization")?.contains("/us-east-1/dynamodb/aws4_request") == true)
    }

    @Test func streamsAreSignedAsDynamoDBAndHaveATargetOfTheirOwn() async throws {
        let http = ScriptedHTTP([.ok(#"{"Streams":[]}"#)])
        _ = try await http.client().listStreams(ListStreamsRequest())
        let message = try #require(http.messages.first)
        #expect(message.header("X-Amz-Target") == "DynamoDBStreams_20120810.ListStreams")
        #expect(message.header("Authorization")?.contains("/dynamodb/aws4_request") == true)
    }

    @Test(
        arguments: [
            ([], nil), ([("Date", "Sun, 30 Aug 2015 12:36:00 GMT")], 1_440_938_160_000),
            ([("Date", "Sun, 30 Aug 2015 12:36:00 GMT"), ("x-weir-time", "1440938159250")], 1_440_938_159_250),
            ([("Date", "soon")], nil),
        ] as [([(String, String)], Int64?)]
    )
    func aDescriptionSaysWhatTimeItIsForTheService(headers: [(String, String)], milliseconds: Int64?) async throws {
        let body = """
            {"StreamDescription":{"StreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/2026",\
            "StreamLabel":"2026","TableName":"T","StreamStatus":"ENABLED","StreamViewType":"KEYS_ONLY",\
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Shards":[]}}
            """
        let client = try ScriptedHTTP([.ok(body, headers: headers)]).client()
        let description = try await client.describeStream(
            DescribeStreamRequest(arn: StreamARN("arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/2026"))
        )
        #expect(description.serviceTime == milliseconds.map { Timestamp(milliseconds: $0) })
    }

    @Test func anErrorOfTheServiceKeepsItsCodeTextAndRequest() async throws {
        let error = try await self.failure(.refused("ExpiredIteratorException"))
        #expect(error.code == .expiredIterator)
        #expect(error.operation == "GetRecords" && error.requestID == "REQUEST1" && error.status == 400)
        #expect(error.description == "GetRecords: ExpiredIteratorException: a text (request REQUEST1)")
    }

    @Test func allAttemptsOfATransactionHaveOneTokenAndOthersAnother() async throws {
        let http = ScriptedHTTP([.refused("InternalServerError", status: 500), .ok("{}")])
        let client = try http.client(attempts: 2)
        let delete = DeleteItemRequest(tableName: "t", key: ["id": .string("a")])
        for token in [nil, nil, "mine"] {
            _ = try await client.transactWriteItems(
                TransactWriteItemsRequest(actions: [.delete(delete)], clientRequestToken: token)
            )
        }
        let tokens = try http.messages.map { message in
            try WireOperation.transactWriteItems.decodeInput(message.body).clientRequestToken
        }
        #expect(tokens.count == 4 && tokens[0] == tokens[1] && tokens[1] != tokens[2] && tokens[3] == "mine")
        #expect(tokens.allSatisfy { (1...36).contains($0?.count ?? 0) })
    }

    @Test func aCancelledTransactionTellsItsReasons() async throws {
        let reasons = [CancellationReason(.none), CancellationReason(.transactionConflict, message: "m")]
        let body = DynamoDBError.transactionCanceled(reasons: reasons).encodedBody()
        let client = try ScriptedHTTP([.success(HTTPReply(status: 400, headers: [], body: body))]).client()
        let error = try await #require(throws: DynamoDBError.self) {
            try await client.transactWriteItems(TransactWriteItemsRequest(actions: []))
        }
        #expect(error.code == .transactionCanceled && error.operation == "TransactWriteItems")
        #expect(error.detail == .transactionCanceled(reasons: reasons))
    }

    @Test func attemptsAreTold() async throws {
        let error = try await self.failure(.refused("ThrottlingException"), attempts: 3)
        #expect(error.isThrottling && error.message == "a text (3 attempts)")
    }

    @Test(arguments: [
        ("AccessDeniedException", "dynamodb:GetRecords on arn:aws:dynamodb:<region>:<account>:table/<table>/stream/*"),
        ("UnrecognizedClientException", "AWS_ACCESS_KEY_ID"), ("ExpiredTokenException", "log in again"),
        ("InvalidSignatureException", "clock"), ("ResourceNotFoundException", "24 hours"),
        ("ProvisionedThroughputExceededException", "on-demand"),
    ])
    func commonErrorsAdviseWhatToDo(code: String, advice: String) async throws {
        let error = try await self.failure(.refused(code), endpoint: Self.aws)
        #expect(error.code.name == code)
        #expect(error.advice?.contains(advice) == true, "\(error)")
        #expect(error.description.hasSuffix(error.advice ?? "?"))
    }

    @Test func aRefusedConnectionAsksWhetherTheEndpointRuns() async throws {
        let local = try await self.failure(.failure(.connectionRefused))
        #expect(local.code == .connectionFailed && local.advice?.contains("weir local") == true)
        #expect(local.message.contains("http://127.0.0.1:8000"))
        let aws = try await self.failure(.failure(.unknownHost), endpoint: Self.aws)
        #expect(aws.code == .connectionFailed && aws.advice?.contains("region") == true)
    }

    @Test(
        arguments: [
            (.failure(.timedOut("x")), .timedOut), (.failure(.tooLarge(limit: 1)), .malformedResponse),
            (.failure(.cancelled), .cancelled), (.ok("not json"), .malformedResponse), (.ok("[]"), .malformedResponse),
            (.success(HTTPReply(status: 502, body: [])), .internalServerError),
            (.success(HTTPReply(status: 200, headers: [("x-amz-crc32", "1")], body: [])), .checksumMismatch),
        ] as [(ScriptedHTTP.Answer, DynamoDBError.Code)]
    )
    func failuresOnTheWayHaveCodesOfTheirOwn(answer: ScriptedHTTP.Answer, code: DynamoDBError.Code) async throws {
        #expect(try await self.failure(answer).code == code)
    }

    @Test func anAnswerThatCannotBeReadNamesTheRequest() async throws {
        let error = try await self.failure(.ok("{"))
        #expect(error.operation == "GetRecords" && error.requestID == "REQUEST1" && error.status == 200)
    }

    @Test func cancellingACallGivesTheCancelledCode() async throws {
        try await withLocalEndpoint { url in
            try await DynamoDBClient.with(url) { client in
                await withTaskGroup(of: DynamoDBError.Code?.self) { group in
                    group.cancelAll()
                    group.addTask {
                        do throws(DynamoDBError) {
                            _ = try await client.listTables(ListTablesRequest())
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                    #expect(await group.next() == .cancelled)
                }
            }
        }
    }

    @Test func nothingListeningIsReportedOverRealConnections() async throws {
        var unused = ""
        try await withLocalEndpoint { unused = $0 }
        let url = unused
        let error = try await #require(throws: DynamoDBError.self) {
            try await DynamoDBClient.with(url) { try await $0.listTables(ListTablesRequest()) }
        }
        #expect(error.code == .connectionFailed && error.message.contains("connection refused"))
    }
}
