// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBModel

/// What the answer to Invoke means for a batch.
struct InvokeOutcome: Sendable {
    /// What becomes of the batch.
    var outcome: HandlerOutcome
    /// The lines of the function's log that came with the answer.
    var log: [String] = []

    /// Reads an answer of status 2xx.
    ///
    /// - Parameters:
    ///   - reply: The answer.
    ///   - isAWS: Whether it comes from Lambda itself, which marks errors with a header.
    init(_ reply: AWSReply, isAWS: Bool) {
        var response = FunctionResponse(
            statusCode: reply.status,
            executedVersion: reply.header("X-Amz-Executed-Version"),
            functionError: reply.header("X-Amz-Function-Error"),
            body: reply.body
        )
        if response.functionError == nil, response.executedVersion == nil, !isAWS, Self.tellsOfAnError(reply.body) {
            // The runtime interface emulator answers with the error's body and without the header; it does not tell a version
            // either, which whoever has the whole of Invoke does.
            response.functionError = "Unhandled"
        }
        self.outcome = .responded(response)
        if let text = reply.header("X-Amz-Log-Result"), let bytes = Base64.decode(Array(text.utf8)) {
            self.log = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        }
    }

    /// Reads a call that failed.
    init(_ error: AWSCallError, function: FunctionName, isAWS: Bool) {
        switch error.reason {
        case .service(let code, let body):
            self.outcome = Self.refused(error, code: code, body: body, function: function, isAWS: isAWS)
        case .connection, .timedOut, .checksum, .cancelled:
            self.outcome = .retry(after: nil, reason: error.description)
        case .malformed:
            // Mostly an answer that is larger than one may be: what Lambda calls an error of the function.
            var json = JSONWriter()
            json.object { json in
                json.member("errorMessage", error.message)
                json.member("errorType", "Function.ResponseSizeTooLarge")
            }
            self.outcome = .responded(
                FunctionResponse(statusCode: error.status ?? 200, functionError: "Unhandled", body: json.bytes)
            )
        case .credentials(let problem):
            self.outcome = .stop(reason: problem.description)
        }
    }

    private static func refused(
        _ error: AWSCallError,
        code: String,
        body: [UInt8],
        function: FunctionName,
        isAWS: Bool
    ) -> HandlerOutcome {
        if let advice = Self.advice(for: code, function: function) {
            return .stop(reason: "\(error.description). \(advice)")
        }
        if error.status == 413 || code == "RequestTooLargeException" {
            // Smaller batches can help, so it counts as an error of the function: halving and limits apply.
            var json = JSONWriter()
            json.object { json in
                json.member("errorMessage", error.message)
                json.member("errorType", "RequestTooLargeException")
            }
            return .responded(FunctionResponse(statusCode: 413, functionError: "Unhandled", body: json.bytes))
        }
        if !isAWS, error.status == 502, Self.tellsOfAnError(body) {
            // The runtime interface emulator's way to say that the function's process has ended.
            return .responded(FunctionResponse(functionError: "Unhandled", body: body))
        }
        var reason = error.description
        if let why = (try? JSONValue(parsing: body))?["Reason"]?.string { reason += " (\(why))" }
        return .retry(after: error.retryAfter, reason: reason)
    }

    /// Whether a body is what runtimes make of an error.
    private static func tellsOfAnError(_ body: [UInt8]) -> Bool {
        if body.starts(with: "Task timed out after ".utf8) { return true }
        guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), let value = try? JSONValue(parsing: body) else {
            return false
        }
        return value["errorType"]?.string != nil && value["errorMessage"]?.string != nil
    }

    /// What to do about an error that does not pass by itself; nil for all others.
    static func advice(for code: String, function: FunctionName) -> String? {
        switch code {
        case "RecursiveInvocationException":
            return
                "Lambda's loop detection stopped it: something that the function writes comes back to it through this "
                + "stream. Break the loop before going on."
        case "AccessDeniedException":
            return "Allow the action lambda:InvokeFunction on \(function) in the IAM policy of these credentials."
        case "ResourceNotFoundException":
            return "Check the function's name and alias, --region and the account."
        case "UnrecognizedClientException", "InvalidSignatureException", "SignatureDoesNotMatch",
            "MissingAuthenticationTokenException", "IncompleteSignatureException":
            return "Check the access key, its secret and session token, and this machine's clock."
        case "ExpiredTokenException", "ExpiredToken":
            return "The session has ended: log in again, or set new credentials."
        default: return nil
        }
    }
}
