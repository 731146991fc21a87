// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel

extension DynamoDBError {
    /// The failure of a call in the words of the service, with advice.
    init(_ error: AWSCallError, isAWS: Bool) {
        switch error.reason {
        case .service(_, let body):
            self.init(
                status: error.status ?? 0,
                body: body,
                requestID: error.requestID,
                operation: error.operation
            )
        case .connection: self.init(.connectionFailed, error.message)
        case .timedOut: self.init(.timedOut, error.message)
        case .checksum: self.init(.checksumMismatch, error.message)
        case .malformed: self.init(.malformedResponse, error.message)
        case .cancelled: self.init(.cancelled, error.message)
        case .credentials(let problem):
            let code: Code = problem.code == .credentialsExpired ? .expiredToken : .credentials
            self.init(code, problem.message, advice: problem.advice)
        }
        self.operation = error.operation
        self.requestID = error.requestID
        self.status = error.status
        if self.advice == nil { self.advice = ErrorAdvice.advice(for: self.code, of: error.operation, isAWS: isAWS) }
        if error.attempts > 1, self.code != .cancelled { self.message += " (\(error.attempts) attempts)" }
    }
}
