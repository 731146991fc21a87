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
}
