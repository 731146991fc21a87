// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import HTTPTypes
import Hummingbird
import RecordHandlers
import Synchronization
import TestServers
import Testing

@Suite("Asking whether a function may be invoked", .timeLimit(.minutes(1)))
struct FunctionProbeTests {
    private static func probe(
        status: HTTPResponse.Status,
        body: String = "",
        _ check: @escaping @Sendable (AWSCallError?) throws -> Void
    ) async throws -> [String] {
        let seen = Mutex<[String]>([])
        try await ScriptedServer.run { request, _ in
            let type = HTTPField.Name("X-Amz-Invocation-Type").flatMap { request.headers[$0] } ?? "-"
            seen.withLock { $0.append("\(request.method.rawValue) \(request.uri.path) \(type)") }
            return ScriptedServer.response(body, status: status)
        } _: { endpoint in
            let made = try TestConnections.connections().connect(to: .lambda, endpointURL: endpoint.url)
            let function = try FunctionName("f:live")
            var failure: AWSCallError?
            do throws(AWSCallError) {
                try await FunctionProbe(function: function, connection: made.connection).run()
            } catch {
                failure = error
            }
            await made.shutdown()
            try check(failure)
        }
        return seen.withLock { $0 }
    }

    @Test func itIsADryRunOfInvoke() async throws {
        let seen = try await Self.probe(status: .noContent) { #expect($0 == nil) }
        #expect(seen == ["POST /2015-03-31/functions/f%3Alive/invocations DryRun"])
    }

    @Test(arguments: [
        ("AccessDeniedException", HTTPResponse.Status.forbidden, "Allow the action lambda:InvokeFunction on f:live"),
        ("ResourceNotFoundException", .notFound, "Check the function's name"),
    ])
    func aRefusalSaysWhatToDo(code: String, status: HTTPResponse.Status, advice: String) async throws {
        _ = try await Self.probe(status: status, body: #"{"__type":"\#(code)","message":"no"}"#) { error in
            let error = try #require(error)
            #expect(error.description.contains(code))
            let text = FunctionProbe.advice(for: error, function: try FunctionName("f:live"))
            #expect(text?.contains(advice) == true)
        }
    }
}
