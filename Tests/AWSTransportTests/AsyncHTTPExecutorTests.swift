// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import AWSTransport
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestServers
import Testing

@Suite(.timeLimit(.minutes(1))) struct AsyncHTTPExecutorTests {
    private func execute(
        _ endpoint: ServiceEndpoint,
        limits: HTTPLimits = HTTPLimits(),
        body: String = "{}",
        times: Int = 1
    ) async throws -> HTTPReply {
        let executor = AsyncHTTPExecutor(limits: limits)
        let message = HTTPMessage(
            endpoint: endpoint,
            method: "POST",
            target: "/",
            headers: [.init("Host", endpoint.hostHeader), .init("X-Amz-Target", "Example.Scan")],
            body: Array(body.utf8)
        )
        let result: Result<HTTPReply, any Error>
        do {
            for _ in 1..<times { _ = try await executor.execute(message) }
            result = .success(try await executor.execute(message))
        } catch {
            result = .failure(error)
        }
        try await executor.shutdown()
        return try result.get()
    }

    @Test func headersAndBodyArriveAndTheAnswerComesBack() async throws {
        try await ScriptedServer.run { request, body in
            let target = request.headers[HTTPField.Name("X-Amz-Target") ?? .accept] ?? ""
            return ScriptedServer.response(
                "\(request.method) \(request.uri.path) \(target) \(body.count)",
                headers: [.contentType: "application/x-amz-json-1.0"]
            )
        } _: { endpoint in
            let reply = try await self.execute(endpoint, body: "hello")
            #expect(reply.status == 200)
            #expect(String(decoding: reply.body, as: UTF8.self) == "POST / Example.Scan 5")
            #expect(reply.header("content-TYPE") == "application/x-amz-json-1.0")
            #expect(reply.header("x-amz-crc32") == nil)
        }
    }

    @Test func aLargeAnswerInManyPartsIsPutTogether() async throws {
        let part = String(repeating: "0123456789", count: 1000)
        try await ScriptedServer.run { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for _ in 0..<50 { try await writer.write(ByteBuffer(string: part)) }
                    try await writer.finish(nil)
                }
            )
        } _: { endpoint in
            let reply = try await self.execute(endpoint)
            #expect(reply.body.count == 500_000)
            #expect(reply.body.suffix(10) == Array("0123456789".utf8)[...])
        }
    }

    @Test func connectionsAreKept() async throws {
        let clients = Mutex<Set<String>>([])
        try await ScriptedServer.run { request, _ in
            clients.withLock { _ = $0.insert(request.headers[.connection] ?? "kept") }
            return ScriptedServer.response("{}")
        } _: { endpoint in
            _ = try await self.execute(endpoint, times: 5)
            #expect(clients.withLock { $0 } == ["kept"])
        }
    }

    @Test func aRedirectIsNotFollowed() async throws {
        try await ScriptedServer.run { _, _ in
            ScriptedServer.response("", status: .temporaryRedirect, headers: [.location: "http://127.0.0.1:1/"])
        } _: { endpoint in
            let reply = try await self.execute(endpoint)
            #expect(reply.status == 307)
        }
    }

    @Test func anAnswerThatBreaksOffIsAFailedConnection() async throws {
        struct Broken: Error {}
        try await ScriptedServer.run { _, _ in
            Response(
                status: .ok,
                body: ResponseBody(contentLength: 1000) { writer in
                    try await writer.write(ByteBuffer(string: "{"))
                    throw Broken()
                }
            )
        } _: { endpoint in
            let failure = try await #require(throws: HTTPFailure.self) { try await self.execute(endpoint) }
            guard case .connection = failure else {
                Issue.record("\(failure)")
                return
            }
        }
    }

    @Test func anAnswerThatDoesNotComeTimesOut() async throws {
        try await ScriptedServer.run { _, _ in
            await ScriptedServer.neverAnswer()
        } _: { endpoint in
            let limits = HTTPLimits(responseTimeout: .milliseconds(50))
            let failure = try await #require(throws: HTTPFailure.self) {
                try await self.execute(endpoint, limits: limits)
            }
            #expect(failure == .timedOut("waiting for the answer"))
        }
    }

    @Test(arguments: [true, false])
    func anAnswerThatIsTooLargeIsNotRead(isLengthKnown: Bool) async throws {
        try await ScriptedServer.run { _, _ in
            Response(
                status: .ok,
                body: ResponseBody(contentLength: isLengthKnown ? 2000 : nil) { writer in
                    for _ in 0..<20 { try await writer.write(ByteBuffer(repeating: 32, count: 100)) }
                    try await writer.finish(nil)
                }
            )
        } _: { endpoint in
            let failure = try await #require(throws: HTTPFailure.self) {
                try await self.execute(endpoint, limits: HTTPLimits(maximumBodyBytes: 1000))
            }
            #expect(failure == .tooLarge(limit: 1000))
        }
    }

    @Test func aPortWhereNothingListensIsNamedSo() async throws {
        let unused = Mutex<ServiceEndpoint?>(nil)
        try await ScriptedServer.run { _, _ in
            ScriptedServer.response("")
        } _: { endpoint in
            unused.withLock { $0 = endpoint }
        }
        let endpoint = try #require(unused.withLock { $0 })
        let failure = try await #require(throws: HTTPFailure.self) { try await self.execute(endpoint) }
        #expect(failure == .connectionRefused)
    }

    @Test func aHostThatDoesNotExistIsNamedSo() async throws {
        let endpoint = try ServiceEndpoint(parsing: "http://no-such-host.invalid", origin: .option)
        let failure = try await #require(throws: HTTPFailure.self) { try await self.execute(endpoint) }
        #expect(failure == .unknownHost)
    }

    @Test func cancellingEndsTheWaitAtOnce() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.run { _, _ in
            arrived.yield()
            return await ScriptedServer.neverAnswer()
        } _: { endpoint in
            await withTaskGroup(of: HTTPFailure?.self) { group in
                group.addTask {
                    do {
                        _ = try await self.execute(endpoint)
                        return nil
                    } catch {
                        return error as? HTTPFailure
                    }
                }
                for await _ in arrivals { break }
                group.cancelAll()
                #expect(await group.next() == .cancelled)
            }
        }
    }

    @Test func aTaskThatIsAlreadyCancelledSendsNothing() async throws {
        let count = Atomic<Int>(0)
        try await ScriptedServer.run { _, _ in
            count.add(1, ordering: .relaxed)
            return ScriptedServer.response("")
        } _: { endpoint in
            await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { _ = try await self.execute(endpoint) }
                await #expect(throws: HTTPFailure.cancelled) { try await group.waitForAll() }
            }
        }
        #expect(count.load(ordering: .relaxed) == 0)
    }

    @Test func aCallOverHTTPIsRepeatedWhenTheServiceFails() async throws {
        let count = Atomic<Int>(0)
        try await ScriptedServer.run { _, _ in
            switch count.add(1, ordering: .relaxed).oldValue {
            case 0:
                ScriptedServer.response(#"{"__type":"x#ThrottlingException"}"#, status: .badRequest)
            case 1:
                ScriptedServer.response("", status: .internalServerError)
            case 2:
                ScriptedServer.response("{}", headers: [HTTPField.Name("x-amz-crc32") ?? .accept: "7"])
            default:
                ScriptedServer.response(#"{"done":true}"#)
            }
        } _: { endpoint in
            let executor = AsyncHTTPExecutor()
            var retry = RetryConfiguration.standard
            retry.maximumAttempts = 4
            let reply = try await connection(over: executor, endpoint: endpoint.url, retry: retry).send(.example)
            try await executor.shutdown()
            #expect(reply.attempts == 4 && reply.body == Array(#"{"done":true}"#.utf8))
        }
    }

    #if os(Linux)
    /// The system's list of connections says which timer one has: 2 is the one that asks whether the other side is there.
    private static func timers(ofConnectionsTo port: Int) throws -> [String] {
        let digits = String(port, radix: 16, uppercase: true)
        let address = ":" + String(repeating: "0", count: 4 - digits.count) + digits
        // The file has no size of its own, and with many connections it is longer than one read of it.
        let file = try #require(FileHandle(forReadingAtPath: "/proc/self/net/tcp"))
        let table = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        var timers: [String] = []
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[2].hasSuffix(address), fields[3] == "01" else { continue }
            timers.append(String(fields[5].prefix(2)))
        }
        return timers
    }

    @Test(arguments: [(nil, "00"), (Duration.seconds(60), "02")])
    func aSilentConnectionIsKeptAliveWhereThatIsAskedFor(idle: Duration?, timer: String) async throws {
        let timers = Mutex<[String]>([])
        try await ScriptedServer.run { request, _ in
            let port = try #require(request.head.authority?.split(separator: ":").last.flatMap { Int($0) })
            var found = try Self.timers(ofConnectionsTo: port)
            // Until the request is acknowledged there is the timer of its repetition, and while other connections come and
            // go the system's list may lack a line.
            for _ in 0..<2_000 where found.isEmpty || !Set(found).isSubset(of: ["00", "02"]) {
                await Task.yield()
                found = try Self.timers(ofConnectionsTo: port)
            }
            timers.withLock { $0 = found }
            return ScriptedServer.response("{}")
        } _: { endpoint in
            _ = try await self.execute(endpoint, limits: HTTPLimits(keepAliveAfter: idle))
        }
        #expect(timers.withLock { $0 } == [timer])
    }
    #endif
}
