// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalEndpoint
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CompressedBodyTests {
    /// `{"Limit":7}` as gzip, as two members of gzip, as deflate with and without zlib's frame.
    private static let bodies = [
        ("gzip", "H4sIAAAAAAACA6tW8snMzSxRsjKvBQDLY5JeCwAAAA=="),
        ("gzip", "H4sIAAAAAAACA6tW8snMBQDZ+Ke8BQAAAB+LCAAAAAAAAgPLLFGyMq8FAHgTHw8GAAAA"),
        ("deflate", "eJyrVvLJzM0sUbIyrwUAFnIDrQ=="),
        ("deflate", "q1byyczNLFGyMq8FAA=="),
    ]
    /// 17 MB of spaces, compressed twice with gzip.
    private static let bomb =
        "H4sIAAAAAAACA+3brQ5BARgG4MM5wQQ0QaBqomKjyIpsdLfgZyYpyinuwGW4A8001SaYILFj59yE7ex50pvf+O77mrtSkCqGj9M6DatW/G3Xj+UAAA"
        + "AAyLnVdRMW0tBKLsPRGAAAAMi7abUSZaPAZ9IYqAMAAAByb9vr1rILgddyHqkDAAAAci9+3/bpFNA/J5dFJ/Q1Af/wjGaH+z0IaoUfO2OAdc9DAAA="

    private func bytes(_ base64: String) throws -> [UInt8] {
        try #require(Base64.decode(base64.utf8))
    }

    @Test(arguments: Self.bodies)
    func aCompressedBodyIsInflated(_ encoding: String, _ body: String) async throws {
        let bytes = try self.bytes(body)
        #expect(try BodyEncoding(encoding).decoded(bytes, limit: 11) == Array(#"{"Limit":7}"#.utf8))
        try await EndpointFixture.with { (endpoint) async throws in
            let headers = [("Content-Encoding", encoding)]
            let answer = try await endpoint.send("DynamoDB_20120810.ListTables", bytes, headers: headers)
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    @Test(arguments: Self.bodies)
    func nonsenseAndWhatIsCutOffAreTheClientsFault(_ encoding: String, _ body: String) async throws {
        let bytes = try self.bytes(body)
        for wrong in [Array("nonsense".utf8), Array(bytes.dropLast(3)), Array(bytes.prefix(5)), [], bytes + [1, 2]] {
            let error = #expect(throws: DynamoDBError.self) { try BodyEncoding(encoding).decoded(wrong, limit: 1000) }
            #expect(error?.code == .serialization)
        }
        try await EndpointFixture.with { (endpoint) async throws in
            let headers = [("Content-Encoding", encoding)]
            let answer = try await endpoint.send("DynamoDB_20120810.ListTables", "nonsense".utf8, headers: headers)
            #expect(answer.status == 400)
        }
    }

    @Test func whatIsTooLargeAfterInflatingIsRefusedAsSuch() async throws {
        let bomb = try BodyEncoding("gzip").decoded(self.bytes(Self.bomb), limit: 1 << 20)
        #expect(throws: DynamoDBError.self) { try BodyEncoding("gzip").decoded(bomb, limit: 16 << 20) }
        #expect(throws: DynamoDBError.self) {
            try BodyEncoding("gzip").decoded(self.bytes(Self.bodies[0].1), limit: 10)
        }
        try await EndpointFixture.with { (endpoint) async throws in
            let headers = [("Content-Encoding", "gzip")]
            let answer = try await endpoint.send("DynamoDB_20120810.ListTables", bomb, headers: headers)
            #expect(answer.status == 413)
            #expect(try await endpoint.call("ListTables", "{}").status == 200)
        }
    }

    @Test func whatIsTooLargeAsItComesIsRefusedAsSuch() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let body = [UInt8](repeating: UInt8(ascii: " "), count: 16 << 20)
            let answer = try await endpoint.send("DynamoDB_20120810.ListTables", body + Array("{}".utf8))
            #expect(answer.status == 413)
            let fits = try await endpoint.send("DynamoDB_20120810.ListTables", body.dropLast(2) + Array("{}".utf8))
            #expect(fits.status == 200)
        }
    }

    @Test func otherEncodingsAreRefusedByName() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            for encoding in ["br", "gzip, gzip"] {
                let answer = try await endpoint.call("ListTables", "{}", headers: [("Content-Encoding", encoding)])
                #expect(answer.status == 400 && answer.error.message.contains(encoding))
            }
            let plain = try await endpoint.call("ListTables", "{}", headers: [("Content-Encoding", "identity")])
            #expect(plain.status == 200)
        }
    }
}
