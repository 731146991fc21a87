// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalEndpoint
import Testing

@testable import weir

@Suite("weir local", .timeLimit(.minutes(2)))
struct LocalToolTests {
    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:8000 (in memory, region eu-west-1);"),
        ("::1", "http://[::1]:8000 (in memory, region eu-west-1);"),
        ("box", "http://box:8000 (in memory, region eu-west-1);"),
        ("0.0.0.0", "http://127.0.0.1:8000 (in memory, region eu-west-1, on all addresses of this machine);"),
        ("::", "http://[::1]:8000 (in memory, region eu-west-1, on all addresses of this machine);"),
    ])
    func theAddressIsOneThatAProgramCanUse(host: String, expected: String) {
        let start = LocalStart(configuration: LocalEndpointConfiguration(host: host), data: nil, region: "eu-west-1")
        #expect(start.line(port: 8000).contains(expected), "\(start.line(port: 8000))")
    }

    @Test func aHostWithoutAnAddressIsNamedAndNothingElseIsSaid() async throws {
        // Too long for a name, so that nobody is asked for it.
        let host = String(repeating: "a", count: 300)
        let result = try await ToolProcess.run(["local", "--port", "0", "--host", host])
        #expect(result.status == 1)
        #expect(
            result.errors
                == "weir: No address is known for the host '\(host)'. Name an address of this machine, as 127.0.0.1.\n"
        )
    }

    @Test func onAllAddressesTheMachineAnswersToItsOwnName() async throws {
        let tool = try ToolProcess.start(["local", "--port", "0", "--host", "0.0.0.0"])
        do {
            try await waitUntil { tool.output.contains("^C ends") }
            try await Self.expectNames(tool.output)
        } catch {
            tool.signal(SIGTERM)
            throw error
        }
        tool.signal(SIGTERM)
        let result = try await tool.result()
        #expect(result.errors.hasPrefix("weir: warning: other machines can reach it,"))
    }

    private static func expectNames(_ output: String) async throws {
        let port = try #require(output.firstMatch(of: #/http://127\.0\.0\.1:(\d+) \(/#)?.1)
        let name = try #require(ProcessSurroundings.hostNames().first)
        for (host, status) in [(name, "200"), ("192.0.2.7", "200"), ("evil.example", "403")] {
            let request = #"GET / HTTP/1.1\r\nHost: \#(host):\#(port)\r\nConnection: close\r\n\r\n"#
            let answer = try await RunningTool(
                path: "/bin/bash",
                arguments: ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '\(request)' >&3; cat <&3"],
                environment: ToolProcess.environment()
            ).result().output
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(host): \(answer)")
            if status == "403" { #expect(answer.contains("Accepted are localhost, 127.0.0.1, "), "\(answer)") }
        }
    }
}
