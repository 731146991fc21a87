// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Testing

/// Whether something listens, without asking it for anything.
@Suite(.timeLimit(.minutes(1)))
struct EndpointReachTests {
    @Test func aPortThatIsClosedIsSaidToBe() async throws {
        let endpoint = try ServiceEndpoint(parsing: "http://127.0.0.1:1", origin: .option)
        let failure = await #expect(throws: HTTPFailure.self) { try await EndpointReach.check(endpoint) }
        #expect(failure?.text(at: endpoint) == "nothing listens at http://127.0.0.1:1 (connection refused)")
    }
}
