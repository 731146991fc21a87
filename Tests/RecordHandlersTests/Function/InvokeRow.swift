// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import Testing

/// A row of the table of what Invoke answers and what it means.
struct InvokeRow: Sendable, CustomTestStringConvertible {
    enum Meaning: Sendable {
        case responded(FunctionResponse)
        /// A function error whose body names this type.
        case error(type: String, status: Int)
        /// Not invoked: again, without counting; the reason holds this.
        case retry(after: Duration?, holds: String)
        /// It cannot succeed; the reason holds this.
        case stop(holds: String)
    }

    var name: String
    var status: Int
    var headers: [(String, String)] = []
    var body = ""
    var meaning: Meaning

    var testDescription: String { self.name }

    static let error = #"{"errorMessage":"no","errorType":"ValueError","stackTrace":[]}"#

    static let rows: [InvokeRow] =
        [
            InvokeRow(
                name: "returned",
                status: 200,
                headers: [("X-Amz-Executed-Version", "$LATEST")],
                body: #"{"batchItemFailures":[]}"#,
                meaning: .responded(
                    FunctionResponse(executedVersion: "$LATEST", body: Array(#"{"batchItemFailures":[]}"#.utf8))
                )
            ),
            InvokeRow(
                name: "returned nothing",
                status: 200,
                headers: [("X-Amz-Executed-Version", "7")],
                meaning: .responded(FunctionResponse(executedVersion: "7"))
            ),
            InvokeRow(
                name: "unhandled error",
                status: 200,
                headers: [("X-Amz-Function-Error", "Unhandled"), ("X-Amz-Executed-Version", "3")],
                body: Self.error,
                meaning: .responded(
                    FunctionResponse(executedVersion: "3", functionError: "Unhandled", body: Array(Self.error.utf8))
                )
            ),
            InvokeRow(
                name: "handled error",
                status: 200,
                headers: [("X-Amz-Function-Error", "Handled")],
                body: Self.error,
                meaning: .responded(FunctionResponse(functionError: "Handled", body: Array(Self.error.utf8)))
            ),
            InvokeRow(
                name: "throttled",
                status: 429,
                headers: [("x-amzn-ErrorType", "TooManyRequestsException"), ("Retry-After", "3")],
                body:
                    #"{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"#,
                meaning: .retry(after: .seconds(3), holds: "ReservedFunctionConcurrentInvocationLimitExceeded")
            ),
            InvokeRow(
                name: "throttled without a time",
                status: 429,
                headers: [("x-amzn-ErrorType", "TooManyRequestsException:http://internal.amazon.com/")],
                body: #"{"Reason":"CallerRateLimitExceeded","message":"Rate Exceeded."}"#,
                meaning: .retry(after: nil, holds: "CallerRateLimitExceeded")
            ),
            InvokeRow(
                name: "too large",
                status: 413,
                headers: [("x-amzn-ErrorType", "RequestTooLargeException")],
                body: #"{"message":"Request must be smaller than 6291456 bytes"}"#,
                meaning: .error(type: "RequestTooLargeException", status: 413)
            ),
            InvokeRow(
                name: "recursive",
                status: 400,
                headers: [("x-amzn-ErrorType", "RecursiveInvocationException")],
                body: #"{"Message":"Lambda has detected your function being invoked in a recursive loop"}"#,
                meaning: .stop(holds: "Break the loop")
            ),
            InvokeRow(
                name: "not allowed",
                status: 403,
                headers: [("x-amzn-ErrorType", "AccessDeniedException")],
                body: #"{"Message":"User is not authorized to perform: lambda:InvokeFunction"}"#,
                meaning: .stop(holds: "lambda:InvokeFunction on my-function")
            ),
            InvokeRow(
                name: "not there",
                status: 404,
                headers: [("x-amzn-ErrorType", "ResourceNotFoundException")],
                body: #"{"Type":"User","Message":"Function not found"}"#,
                meaning: .stop(holds: "Check the function's name")
            ),
            InvokeRow(
                name: "unknown key",
                status: 403,
                headers: [("x-amzn-ErrorType", "UnrecognizedClientException")],
                body: #"{"message":"The security token included in the request is invalid"}"#,
                meaning: .stop(holds: "Check the access key")
            ),
            InvokeRow(
                name: "session over",
                status: 403,
                headers: [("x-amzn-ErrorType", "ExpiredTokenException")],
                body: #"{"message":"The security token included in the request is expired"}"#,
                meaning: .stop(holds: "log in again")
            ),
        ] + serviceErrors

    /// Not invoked for a reason of the service or of the function's surroundings.
    private static let serviceErrors: [InvokeRow] = [
        (500, "ServiceException"), (502, "EC2UnexpectedException"), (502, "EC2ThrottledException"),
        (502, "EC2AccessDeniedException"), (502, "ENILimitReachedException"),
        (502, "SubnetIPAddressLimitReachedException"),
        (502, "InvalidZipFileException"), (502, "KMSAccessDeniedException"), (502, "KMSDisabledException"),
        (502, "KMSInvalidStateException"), (410, "EFSIOException"), (408, "EFSMountTimeoutException"),
        (403, "EFSMountFailureException"), (403, "EFSMountConnectivityException"), (409, "ResourceConflictException"),
        (502, "ResourceNotReadyException"), (400, "SnapStartException"), (408, "SnapStartTimeoutException"),
        (409, "SnapStartNotReadyException"), (400, "InvalidRequestContentException"),
    ].map { status, code in
        InvokeRow(
            name: code,
            status: status,
            headers: [("x-amzn-ErrorType", code)],
            body: #"{"Type":"Service","Message":"a text"}"#,
            meaning: .retry(after: nil, holds: "\(code): a text")
        )
    }
}
