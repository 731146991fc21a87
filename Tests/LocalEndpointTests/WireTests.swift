// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalEndpoint
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WireTests {
    /// CRC-32, bit by bit, to compare with.
    private func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = ~0
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }

    @Test func anAnswerCarriesItsChecksumAnIDAndItsType() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            var identifiers: Set<String> = []
            for operation in ["ListTables", "DynamoDBStreams_20120810.ListStreams", "Nonsense"] {
                let answer = try await endpoint.call(operation, "{}")
                #expect(answer.headers["x-amz-crc32"] == String(self.checksum(answer.body)))
                #expect(answer.headers["content-type"] == "application/x-amz-json-1.0")
                let identifier = try #require(answer.headers["x-amzn-requestid"])
                #expect(identifier.wholeMatch(of: /[0-9A-Z]{52}/) != nil)
                identifiers.insert(identifier)
            }
            #expect(identifiers.count == 3)
            let streams = try await endpoint.call("DynamoDBStreams_20120810.ListStreams", "{}")
            #expect(streams.text == #"{"Streams":[]}"#)
            #expect(streams.headers["x-amz-crc32"] == "1490112021")
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "7", #"{"TableName":}"#, #"{"TableName":7}"#, #"{"TableName":"Table","Key":[]}"#,
        #"{"TableName":"Table","Key":{"id":{"B":"%%"}}}"#, #"{"TableName":"Table","Key":{"id":{"N":"x"}}}"#,
        #"{"TableName":"Table","Key":{"id":{}}}"#, #"{"TableName":"Table","Key":{"id":"a"}}"#, "\u{1}",
        #"{"TableName":"Table","Key":{"id":{"S":"\ud800"}}}"#,
        #"{"a":"# + String(repeating: "[", count: 100_000),
        #"{"TableName":"Table","Key":{"id":{"S":"a"}},"Key":{"id":{"S":"b"}}} x"#,
    ])
    func whatIsMalformedIsTheClientsFault(_ body: String) async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table")
            let answer = try await endpoint.call("GetItem", body)
            #expect(answer.status == 400)
            #expect([.serialization, .validation].contains(answer.error.code), "\(answer.text)")
        }
    }

    @Test func bytesThatAreNoTextAreTheClientsFault() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let body = Array(#"{"TableName":""#.utf8) + [0xff, 0xfe] + Array(#""}"#.utf8)
            let answer = try await endpoint.send("DynamoDB_20120810.DescribeTable", body)
            #expect(answer.status == 400)
        }
    }

    @Test func errorsHaveTheServicesNamespaces() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let cases = [
                (
                    "DescribeTable", #"{"TableName":"Missing"}"#,
                    "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"
                ),
                ("DescribeTable", #"{"TableName":"x"}"#, "com.amazon.coral.validate#ValidationException"),
                ("DescribeTable", "{", "com.amazon.coral.service#SerializationException"),
                ("Query", "{}", "com.amazon.coral.service#UnknownOperationException"),
                ("Nonsense", "{}", "com.amazon.coral.service#UnknownOperationException"),
            ]
            for (operation, body, type) in cases {
                let answer = try await endpoint.call(operation, body)
                #expect(answer.status == 400)
                #expect(answer.text.contains(#""__type":"\#(type)""#), "\(answer.text)")
            }
            let without = try await endpoint.send(nil, "{}".utf8)
            #expect(without.error.code == .unknownOperation && without.error.message.contains("X-Amz-Target"))
            #expect(try await endpoint.call("Query", "{}").error.message.hasPrefix("Query is not supported"))
        }
    }

    @Test func aGetSaysHealthyAndNothingElseHappensOnIt() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let answer = try await endpoint.send("DynamoDB_20120810.CreateTable", [], method: "GET")
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix("healthy: dynamodb.eu-west-1"))
            #expect(try await endpoint.send(nil, [], method: "GET", path: "/other").status == 404)
            #expect(try await endpoint.send(nil, [], method: "DELETE").status == 405)
            #expect(try await endpoint.send(nil, [], method: "OPTIONS").status == 405)
            #expect(endpoint.log.entries.isEmpty)
        }
    }

    @Test(arguments: [
        "", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1",
    ])
    func aHostThatIsNotThisMachineIsRefused(_ host: String) async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let answer = try await endpoint.call("ListTables", "{}", headers: [("Host", host)])
            #expect(answer.status == 403)
            #expect(answer.error.code == .accessDenied)
            #expect(endpoint.log.entries.isEmpty)
        }
    }

    @Test(arguments: [
        "localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]:8000", "db.localhost", "table-host:9",
    ])
    func aHostOfThisMachineOrOfTheSettingsIsAccepted(_ host: String) async throws {
        try await EndpointFixture.with(additionalHosts: ["Table-Host"]) { (endpoint) async throws in
            #expect(try await endpoint.call("ListTables", "{}", headers: [("Host", host)]).status == 200)
        }
    }

    @Test func anyCredentialsAndNoneAreAccepted() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            #expect(try await endpoint.call("ListTables", "{}").status == 200)
            let signed = [("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, Signature=0")]
            #expect(try await endpoint.call("ListTables", "{}", headers: signed).status == 200)
        }
    }
}
