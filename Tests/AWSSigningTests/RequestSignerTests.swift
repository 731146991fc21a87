// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import Testing

@Suite struct RequestSignerTests {
    // The worked example: values computed with two independent implementations.
    private let credential = SigningCredential(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    )
    private let milliseconds: Int64 = 1_440_938_160_000
    private var request: SignableRequest {
        SignableRequest(
            method: "POST",
            headers: [
                .init("Content-Type", "application/x-amz-json-1.0"),
                .init("Host", "streams.dynamodb.us-east-1.amazonaws.com"),
                .init("X-Amz-Target", "DynamoDBStreams_20120810.ListStreams"),
            ],
            payload: PayloadHash(of: Array(#"{"TableName":"staging","Limit":10}"#.utf8))
        )
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func theWorkedExampleHasTheKnownCanonicalRequest() {
        var request = self.request
        request.headers.append(.init("X-Amz-Date", "20150830T123600Z"))
        let canonical = CanonicalRequest(request)
        #expect(
            canonical.text == """
                POST
                /

                content-type:application/x-amz-json-1.0
                host:streams.dynamodb.us-east-1.amazonaws.com
                x-amz-date:20150830T123600Z
                x-amz-target:DynamoDBStreams_20120810.ListStreams

                content-type;host;x-amz-date;x-amz-target
                03670c95450415fadae0d13b15560ef455395072b586ef1c5d193bfdbd0186cc
                """
        )
        #expect(canonical.hash == "787e3ad8055e3063fc20e298774dab5c02316e88e0ab442fbb465799384745e4")
    }

    @Test func theWorkedExampleHasTheKnownKeys() {
        let scope = SigningScope(date: "20150830", region: "us-east-1", service: "dynamodb")
        let steps = SigningKey.steps(secretAccessKey: self.credential.secretAccessKey, scope: scope)
        #expect(self.hex(steps.date) == "0138c7a6cbd60aa727b2f653a522567439dfb9f3e72b21f9b25941a42f04a7cd")
        #expect(self.hex(steps.region) == "f33d5808504bf34812e5fade63308b424b244c59189be2a591dd2282c7cb563f")
        #expect(self.hex(steps.service) == "209e73af0bc12e97fcefb7c59680b47530d2bdb974e5ed89f4f8bf2dec21f71f")
        #expect(self.hex(steps.signing) == "44a00bf61392567a12c8a1af3f6227f121fdd3ffabe98527663649f33cbff4aa")
    }

    @Test func theWorkedExampleHasTheKnownSignature() {
        var request = self.request
        RequestSigner(region: "us-east-1", service: "dynamodb")
            .sign(&request, credential: self.credential, at: self.milliseconds)
        #expect(
            request.headers.last
                == .init(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/dynamodb/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
                        + "Signature=9f587e7e135a5d5bb5f60dcd1890e63a35cb02fca8ea9d950b95f8d7c992abe3"
                )
        )
    }

    @Test func requestsAreSignedAsBotocoreSignsThem() throws {
        let cases = try BotocoreSignatures.load()
        #expect(cases.count >= 300)
        for signed in cases {
            var request = signed.request
            RequestSigner(region: signed.region, service: signed.service)
                .sign(&request, credential: signed.credential, at: signed.milliseconds)
            let authorization = request.headers.removeLast()
            #expect(CanonicalRequest(request).text == signed.canonicalRequest)
            #expect(request.headers.contains(.init("X-Amz-Date", signed.date)))
            #expect(authorization == .init("Authorization", signed.authorization))
        }
    }

    @Test func theKeptKeyIsLeftWhenDayOrCredentialChange() {
        let signer = RequestSigner(region: "us-east-1", service: "dynamodb")
        let other = SigningCredential(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "another")
        let day: Int64 = 86_400_000
        for (credential, milliseconds) in [
            (self.credential, self.milliseconds), (self.credential, self.milliseconds + day),
            (other, self.milliseconds + day), (self.credential, self.milliseconds),
        ] {
            var kept = self.request
            var fresh = self.request
            signer.sign(&kept, credential: credential, at: milliseconds)
            RequestSigner(region: "us-east-1", service: "dynamodb").sign(
                &fresh,
                credential: credential,
                at: milliseconds
            )
            #expect(kept.headers == fresh.headers)
        }
    }

    @Test func signingAgainReplacesTheOldSignature() {
        var once = self.request
        var twice = self.request
        let signer = RequestSigner(region: "us-east-1", service: "dynamodb")
        signer.sign(&twice, credential: self.credential, at: 0)
        signer.sign(&twice, credential: self.credential, at: self.milliseconds)
        signer.sign(&once, credential: self.credential, at: self.milliseconds)
        #expect(once.headers == twice.headers)
    }

    @Test func noTextShowsTheSecret() {
        let credential = SigningCredential(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "SECRET", sessionToken: "TOKEN")
        var dumped = ""
        dump(credential, to: &dumped)
        for text in ["\(credential)", String(reflecting: credential), String(describing: [credential]), dumped] {
            #expect(!text.contains("SECRET") && !text.contains("TOKEN") && !text.contains("AKIDEXAMPLE"))
        }
    }

    /// The value is botocore's (S3SigV4Auth).
    @Test func aPathIsSignedAsItStandsWhereTheServiceWantsThat() throws {
        let payload = PayloadHash(of: Array("<Delete/>".utf8))
        var request = SignableRequest(
            method: "POST",
            path: "/a%20b/../c//d%2Be",
            query: "delete",
            headers: [
                .init("Content-MD5", "x"), .init("Host", "my-bucket.s3.us-east-1.amazonaws.com"),
                .init("X-Amz-Content-SHA256", payload.text),
            ],
            payload: payload
        )
        request.isPathSignedAsItIs = true
        RequestSigner(region: "us-east-1", service: "s3")
            .sign(&request, credential: self.credential, at: self.milliseconds)
        let value = try #require(request.headers.first { $0.name == "Authorization" }?.value)
        #expect(
            value == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request, "
                + "SignedHeaders=content-md5;host;x-amz-content-sha256;x-amz-date, "
                + "Signature=1295563ec7cd048289d33ab3db0c56929337ab42530efa27ebc7f27915465e71"
        )
    }
}
