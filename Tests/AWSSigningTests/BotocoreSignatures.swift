// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import Foundation
import Testing

/// The fixture that Fixtures/make_botocore_signatures.py wrote.
struct BotocoreSignatures: Decodable {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        var method: String
        var path: String
        var query: String
        var host: String
        var headers: [[String]]
        var body: String
        var service: String
        var region: String
        var accessKeyID: String
        var secretAccessKey: String
        var sessionToken: String?
        var milliseconds: Int64
        var date: String
        var canonicalRequest: String
        var authorization: String

        var testDescription: String { "\(self.method) \(self.path)?\(self.query)" }

        var credential: SigningCredential {
            SigningCredential(
                accessKeyID: self.accessKeyID,
                secretAccessKey: self.secretAccessKey,
                sessionToken: self.sessionToken
            )
        }

        var request: SignableRequest {
            var bytes: [UInt8] = []
            var digits = Substring(self.body)
            while let byte = UInt8(digits.prefix(2), radix: 16) {
                bytes.append(byte)
                digits = digits.dropFirst(2)
            }
            return SignableRequest(
                method: self.method,
                path: self.path,
                query: self.query,
                headers: [SignableRequest.Header("Host", self.host)]
                    + self.headers.map { SignableRequest.Header($0[0], $0[1]) },
                payload: PayloadHash(of: bytes)
            )
        }
    }

    var cases: [Case]

    static func load() throws -> [Case] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/botocore-signatures.json")
        return try JSONDecoder().decode(BotocoreSignatures.self, from: Data(contentsOf: file)).cases
    }
}
