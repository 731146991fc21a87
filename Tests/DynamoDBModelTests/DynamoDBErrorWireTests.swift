// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@Suite struct DynamoDBErrorWireTests {
    @Test(arguments: [
        (DynamoDBError.Code.validation, #"{"__type":"com.amazon.coral.validate#ValidationException","message":"x"}"#),
        (.serialization, #"{"__type":"com.amazon.coral.service#SerializationException","Message":"x"}"#),
        (.unknownOperation, #"{"__type":"com.amazon.coral.service#UnknownOperationException","message":"x"}"#),
        (
            .resourceNotFound,
            #"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"x"}"#
        ),
    ])
    func bodiesCarryTheNamespaceOfTheirKind(code: DynamoDBError.Code, body: String) {
        let bytes = DynamoDBError(code, "x").encodedBody()
        #expect(String(decoding: bytes, as: UTF8.self) == body)
        let read = DynamoDBError(status: 400, body: bytes, requestID: "R", operation: "GetRecords")
        #expect(read == DynamoDBError(code, "x", operation: "GetRecords", requestID: "R", status: 400))
    }

    @Test(arguments: [
        #"{"__type":"ExpiredIteratorException"}"#,
        #"{"__type":"a#ExpiredIteratorException:http://internal.amazon.com/coral/"}"#,
        #"{"__type":"http://x/y#ExpiredIteratorException","Message":null}"#,
    ])
    func theCodeIsFoundWhateverSurroundsIt(body: String) {
        let error = DynamoDBError(status: 400, body: Array(body.utf8), requestID: nil, operation: nil)
        #expect(error.code == .expiredIterator)
    }

    @Test(arguments: ["", "<html>", "[]", #"{"message":"x"}"#])
    func anAnswerOfSomethingBetweenIsNamedByItsStatus(body: String) {
        let failed = DynamoDBError(status: 503, body: Array(body.utf8), requestID: nil, operation: nil)
        #expect(failed.isTransient)
        let refused = DynamoDBError(status: 403, body: Array(body.utf8), requestID: nil, operation: nil)
        #expect(refused.code == .malformedResponse)
        #expect(!refused.isTransient)
    }

    /// Errors of reads and writes: the prefix of the code, the status, and whether the same call may be repeated.
    @Test(arguments: [
        ("v20120810#ConditionalCheckFailedException", 400, false),
        ("v20120810#ProvisionedThroughputExceededException", 400, true),
        ("v20120810#ThrottlingException", 400, true), ("v20120810#RequestLimitExceeded", 400, true),
        ("v20120810#LimitExceededException", 400, true), ("v20120810#ResourceNotFoundException", 400, false),
        // Documented as one to repeat; in practice somebody has to delete something first.
        ("v20120810#ItemCollectionSizeLimitExceededException", 400, false),
        ("v20120810#TransactionConflictException", 400, true),
        ("v20120810#ReplicatedWriteConflictException", 400, true),
        ("v20120810#TransactionInProgressException", 400, true),
        ("v20120810#IdempotentParameterMismatchException", 400, false),
        ("v20120810#InternalServerError", 500, true), ("v20120810#SomethingNew", 503, true),
        ("v20120810#ExpiredIteratorException", 400, false), ("v20120810#TrimmedDataAccessException", 400, false),
        ("coral.validate#ValidationException", 400, false), ("coral.service#AccessDeniedException", 400, false),
        ("coral.service#UnrecognizedClientException", 400, false),
        ("coral.service#InvalidSignatureException", 400, false),
        ("coral.service#ExpiredTokenException", 400, false),
    ])
    func whetherACallMayBeRepeatedIsWhatItsRowSays(type: String, status: Int, isRepeated: Bool) throws {
        let body = #"{"__type":"com.amazonaws.dynamodb.\#(type)","message":"m"}"#
        let error = DynamoDBError(status: status, body: Array(body.utf8), requestID: nil, operation: nil)
        #expect(error.code.name == (try #require(type.split(separator: "#").last)))
        #expect(error.isTransient == isRepeated)
    }

    @Test func throttlingReasonsAreShown() {
        let body =
            #"{"__type":"x#ThrottlingException","message":"m","throttlingReasons":[{"reason":"TableWriteKeyRangeThroughputExceeded","resource":"arn"}]}"#
        let error = DynamoDBError(status: 400, body: Array(body.utf8), requestID: nil, operation: nil)
        #expect(error.message == "m [TableWriteKeyRangeThroughputExceeded arn]")
        #expect(error.isThrottling)
    }

    @Test(arguments: [nil, ["id": .string("a"), "v": .list([.null])]] as [Item?])
    func aConditionThatFailedBringsItsItem(item: Item?) {
        let error = DynamoDBError.conditionalCheckFailed(item: item)
        let read = DynamoDBError(status: 400, body: error.encodedBody(), requestID: nil, operation: nil)
        #expect(read == error)
        #expect(read.detail == .conditionalCheckFailed(item: item))
    }

    @Test func anItemThatCannotBeReadLeavesTheErrorWhatItIs() {
        let body = #"{"__type":"x#ConditionalCheckFailedException","message":"m","Item":{"v":{"N":"no number"}}}"#
        let error = DynamoDBError(status: 400, body: Array(body.utf8), requestID: nil, operation: nil)
        #expect(error.code == .conditionalCheckFailed && error.message == "m")
        #expect(error.detail == .conditionalCheckFailed(item: nil))
    }

    @Test(arguments: [
        (DynamoDBError.Code.provisionedThroughputExceeded, "ThrottlingReasons"), (.throttling, "throttlingReasons"),
    ])
    func throttlingReasonsAreSentAndRead(code: DynamoDBError.Code, member: String) throws {
        var error = DynamoDBError(code, "m")
        error.detail = .throttled([ThrottlingReason(reason: "TableWriteProvisionedThroughputExceeded", resource: "arn")]
        )
        let body = error.encodedBody()
        let reasons = try #require(try JSONValue(parsing: body)[member]?.array)
        #expect(reasons.map { $0["reason"]?.string } == ["TableWriteProvisionedThroughputExceeded"])
        #expect(reasons.map { $0["resource"]?.string } == ["arn"])
        #expect(DynamoDBError(status: 400, body: body, requestID: nil, operation: nil).detail == error.detail)
    }

    @Test func aCancelledTransactionBringsItsReasons() {
        let error = DynamoDBError.transactionCanceled(reasons: [
            CancellationReason(.none),
            CancellationReason(.conditionalCheckFailed, message: "m", item: ["id": .string("a")]),
        ])
        let body = error.encodedBody()
        #expect(
            String(decoding: body, as: UTF8.self) == """
                {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction \
                cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",\
                "CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"m",\
                "Item":{"id":{"S":"a"}}}]}
                """
        )
        #expect(DynamoDBError(status: 400, body: body, requestID: nil, operation: nil) == error)
    }

    @Test func aCancelledTransactionMayBeTriedAgainIfItsReasonsPass() {
        func isTransient(_ codes: CancellationReason.Code...) -> Bool {
            DynamoDBError.transactionCanceled(reasons: codes.map { CancellationReason($0) }).isTransient
        }
        #expect(isTransient(.none, .transactionConflict))
        #expect(isTransient(.throttlingError, .provisionedThroughputExceeded))
        #expect(!isTransient(.transactionConflict, .conditionalCheckFailed))
        #expect(!isTransient(.validationError))
        #expect(!isTransient(.none))
        #expect(DynamoDBError(.transactionConflict, "m").isTransient)
    }

    @Test func whoeverSaysTooManyRequestsIsLeftAloneForAWhile() {
        let error = DynamoDBError(status: 429, body: Array("<html>".utf8), requestID: nil, operation: "GetRecords")
        #expect(error.isThrottling && error.isTransient)
    }
}
