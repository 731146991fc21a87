// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Answers HTTP requests: checks where they come from, finds the operation, and wraps its answer as the service does.
struct EndpointResponder: HTTPResponder {
    typealias Context = EndpointContext

    /// The largest body, before and after inflating it: 16 MB.
    static let largestBody = 16 << 20

    let operations: OperationTable
    let log: RequestLog
    let hosts: HostRule
    let region: String
    let requestIDs: RequestIDs
    let dropRequest: (@Sendable (String, Int) -> Bool)?
    let faults: FaultGate
    let logger: Logger

    func respond(to request: Request, context: EndpointContext) async throws -> Response {
        do throws(DynamoDBError) {
            if let response = try await self.answer(request) { return response }
            try? await context.channel.close()
            // Nobody hears this any more.
            return Response(status: .internalServerError)
        } catch {
            var response = self.response(error.encodedBody(), status: .init(code: error.status ?? 400))
            // The rest of a body that is too large is not worth reading.
            if error.status == 413 { response.headers[.connection] = "close" }
            return response
        }
    }

    /// The answer; nil if the connection is to be closed without one.
    private func answer(_ request: Request) async throws(DynamoDBError) -> Response? {
        guard self.hosts.accepts(request.head.authority) else {
            throw DynamoDBError(
                .accessDenied,
                """
                The Host header '\(request.head.authority ?? "")' is none that the endpoint accepts: a web page may have \
                sent the request. Accepted are \(self.hosts.accepted)
                """,
                status: 403
            )
        }
        guard request.head.method == .post else { return try self.answerWithoutBody(request) }
        guard request.uri.path == "/" else {
            throw DynamoDBError(.unknownOperation, "Requests go to /, not to \(request.uri.path)", status: 404)
        }
        let operation = try self.operations.operation(for: request.headers[.amzTarget])
        do throws(DynamoDBError) {
            let body = try await self.body(of: request)
            let index = operation.isDroppable ? self.log.receive(operation.name) : 0
            let isDropped = operation.isDroppable && self.dropRequest?(operation.name, index) == true
            let passage = try await self.faults.pass(operation, body) { (body) async throws(DynamoDBError) in
                let outcome = try await operation.run(body, isDropped)
                if !isDropped { self.log.record(operation: operation.name, outcome) }
                return try outcome.body.get()
            }
            switch passage {
            case .answer(let body, let corruption):
                self.logger.trace("a request was answered", metadata: ["operation": "\(operation.name)"])
                return self.response(body, status: .ok, corruption: corruption)
            case .hangUp:
                self.logger.debug("a connection was closed on purpose", metadata: ["operation": "\(operation.name)"])
                return nil
            }
        } catch {
            self.log.refuse(operation.name)
            self.logger.debug(
                "a request was refused",
                metadata: ["operation": "\(operation.name)", "code": "\(error.code.name)"]
            )
            throw error
        }
    }

    /// GET and HEAD tell that the endpoint is there and change nothing; browsers send them without asking.
    private func answerWithoutBody(_ request: Request) throws(DynamoDBError) -> Response {
        guard request.head.method == .get || request.head.method == .head else {
            throw DynamoDBError(.unknownOperation, "Only POST and GET are known here", status: 405)
        }
        guard request.uri.path == "/" else {
            throw DynamoDBError(.unknownOperation, "There is nothing at \(request.uri.path)", status: 404)
        }
        let text = "healthy: dynamodb.\(self.region).amazonaws.com "
        return self.response(Array(text.utf8), status: .ok, contentType: "text/plain")
    }

    private func body(of request: Request) async throws(DynamoDBError) -> [UInt8] {
        let encoding = try BodyEncoding(request.headers[.contentEncoding])
        // What says at once that it is far too much is not waited for.
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.largestBody * 4 {
            throw .tooLarge(limit: Self.largestBody)
        }
        var body: [UInt8] = []
        var count = 0
        do {
            for try await chunk in request.body {
                count += chunk.readableBytes
                // What is too much is read and dropped, up to a bound: a client that is still sending hears no answer.
                guard count <= Self.largestBody * 4 else { throw DynamoDBError.tooLarge(limit: Self.largestBody) }
                if count <= Self.largestBody { body.append(contentsOf: chunk.readableBytesView) }
            }
        } catch let error as DynamoDBError {
            throw error
        } catch {
            throw DynamoDBError(.serialization, "The body ended before it was complete", status: 400)
        }
        guard count <= Self.largestBody else { throw .tooLarge(limit: Self.largestBody) }
        return try encoding.decoded(body, limit: Self.largestBody)
    }

    private func response(
        _ body: [UInt8],
        status: HTTPResponse.Status,
        contentType: String = "application/x-amz-json-1.0",
        corruption: UInt64? = nil
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = contentType
        headers[.amznRequestID] = self.requestIDs.next()
        headers[.amzCRC32] = String(checksum(body))
        var body = body
        if let corruption, !body.isEmpty { body[Int(corruption % UInt64(body.count))] ^= 0x20 }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension HTTPField.Name {
    static let amzTarget = Self.known("X-Amz-Target")
    static let amznRequestID = Self.known("x-amzn-RequestId")
    static let amzCRC32 = Self.known("x-amz-crc32")

    private static func known(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("\(text) is no name of a header") }
        return name
    }
}
