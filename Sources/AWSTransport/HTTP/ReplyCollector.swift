// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Gathers one answer, within its bounds.
final class ReplyCollector: HTTPClientResponseDelegate, Sendable {
    private struct Parts {
        var status = 0
        var headers = HTTPHeaders()
        var body: [UInt8] = []
    }

    private let limit: Int
    private let deadline: NIODeadline
    // Touched on one event loop only; the lock is never contended and tells the compiler so.
    private let parts = Mutex(Parts())

    init(limit: Int, deadline: NIODeadline) {
        self.limit = limit
        self.deadline = deadline
    }

    func didReceiveHead(task: HTTPClient.Task<HTTPReply>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        if length > self.limit { return task.eventLoop.makeFailedFuture(HTTPFailure.tooLarge(limit: self.limit)) }
        self.parts.withLock { parts in
            parts.status = Int(head.status.code)
            parts.headers = head.headers
            parts.body.reserveCapacity(length)
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPReply>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        // The client's own time-out is for a pause between two parts; this one is for all of them.
        if NIODeadline.now() > self.deadline {
            return task.eventLoop.makeFailedFuture(HTTPFailure.timedOut("reading the answer"))
        }
        let isWithinLimit = self.parts.withLock { parts in
            guard parts.body.count + part.readableBytes <= self.limit else { return false }
            parts.body.append(contentsOf: part.readableBytesView)
            return true
        }
        guard isWithinLimit else { return task.eventLoop.makeFailedFuture(HTTPFailure.tooLarge(limit: self.limit)) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPReply>) throws -> HTTPReply {
        self.parts.withLock { parts in
            let body = parts.body
            parts.body = []
            return HTTPReply(status: parts.status, headers: parts.headers, body: body)
        }
    }
}
