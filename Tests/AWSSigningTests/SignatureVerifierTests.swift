// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import Testing

@Suite struct SignatureVerifierTests {
    private let milliseconds: Int64 = 1_440_938_160_000
    private let credential = SigningCredential(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token")

    private func signed(_ change: (inout SignableRequest) -> Void = { _ in }) -> SignableRequest {
        var request = SignableRequest(
            method: "POST",
            headers: [.init("Host", "127.0.0.1:8000"), .init("X-Amz-Target", "DynamoDB_20120810.Scan")],
            payload: PayloadHash(of: [1])
        )
        RequestSigner(region: "us-east-1", service: "dynamodb")
            .sign(&request, credential: self.credential, at: self.milliseconds)
        change(&request)
        return request
    }

    private func problem(of request: SignableRequest, at offset: Int64 = 0) -> SignatureProblem? {
        #expect(throws: SignatureProblem.self) {
            try SignatureVerifier().verify(request, at: self.milliseconds + offset) { $0 == "AKID" ? "secret" : nil }
        }
    }

    @Test func aSignatureIsAcceptedAndSaysWhoSigned() throws {
        let header = try SignatureVerifier().verify(self.signed(), at: self.milliseconds + 299_000) { _ in "secret" }
        #expect(header.accessKeyID == "AKID")
        #expect(header.scope == SigningScope(date: "20150830", region: "us-east-1", service: "dynamodb"))
        #expect(header.signedHeaders == ["host", "x-amz-date", "x-amz-security-token", "x-amz-target"])
    }

    @Test func everySignatureOfBotocoreIsAccepted() throws {
        for signed in try BotocoreSignatures.load() {
            var request = signed.request
            request.headers.append(.init("X-Amz-Date", signed.date))
            if let token = signed.sessionToken { request.headers.append(.init("X-Amz-Security-Token", token)) }
            request.headers.append(.init("Authorization", signed.authorization))
            let header = try SignatureVerifier().verify(request, at: signed.milliseconds) { accessKeyID in
                accessKeyID == signed.accessKeyID ? signed.secretAccessKey : nil
            }
            #expect(header.scope.region == signed.region)
        }
    }

    @Test func aChangedRequestIsRefused() {
        #expect(self.problem(of: self.signed { $0.payload = PayloadHash(of: [2]) }) == .mismatch)
        #expect(self.problem(of: self.signed { $0.method = "GET" }) == .mismatch)
        #expect(self.problem(of: self.signed { $0.path = "/other" }) == .mismatch)
        #expect(self.problem(of: self.signed { $0.headers[1].value = "DynamoDB_20120810.DeleteTable" }) == .mismatch)
    }

    @Test func aHeaderThatWasNotSignedMayBeAdded() throws {
        let request = self.signed { $0.headers.append(.init("X-Forwarded-For", "127.0.0.1")) }
        _ = try SignatureVerifier().verify(request, at: self.milliseconds) { _ in "secret" }
    }

    @Test func aSignatureFarFromTheClockIsStale() {
        let time = SigningTime(milliseconds: self.milliseconds)
        #expect(self.problem(of: self.signed(), at: 301_000) == .stale(signedAt: time))
        #expect(self.problem(of: self.signed(), at: -301_000) == .stale(signedAt: time))
    }

    @Test func anUnknownKeyIsRefused() {
        let request = self.signed { request in
            let last = request.headers.count - 1
            request.headers[last].value = request.headers[last].value.replacing("AKID", with: "NOBODY")
        }
        #expect(self.problem(of: request) == .unknownKey)
    }

    @Test func aRequestWithoutSignatureIsRefused() {
        #expect(self.problem(of: self.signed { $0.headers.removeLast() }) == .missing)
    }

    @Test(arguments: ["Credential=", "SignedHeaders=", "Signature=", "AWS4-HMAC-SHA256", "/aws4_request", "/20150830"])
    func anIncompleteSignatureIsRefused(part: String) {
        let request = self.signed { request in
            let last = request.headers.count - 1
            request.headers[last].value = request.headers[last].value.replacing(part, with: "")
        }
        guard case .incomplete = self.problem(of: request) else {
            Issue.record("accepted without \(part)")
            return
        }
    }
}
