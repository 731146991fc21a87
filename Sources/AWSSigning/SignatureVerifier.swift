// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Checks signatures, as a service does.
package struct SignatureVerifier: Sendable {
    /// The largest difference between the time of a signature and the clock, in milliseconds.
    ///
    /// Default: 5 minutes, as on AWS.
    package var toleranceMilliseconds: Int64

    /// Creates a verifier.
    package init(toleranceMilliseconds: Int64 = 300_000) {
        self.toleranceMilliseconds = toleranceMilliseconds
    }

    /// Checks the signature of a request as it arrived.
    ///
    /// - Parameters:
    ///   - request: The request with all its headers; its payload hash has to be of the body that arrived.
    ///   - milliseconds: The server's clock, in milliseconds since 1970-01-01T00:00:00Z.
    ///   - secret: The secret of an access key; nil if there is no such key.
    /// - Returns: Who signed, and for what.
    /// - Throws: What is wrong, the first thing found.
    package func verify(
        _ request: SignableRequest,
        at milliseconds: Int64,
        secret: (_ accessKeyID: String) -> String?
    ) throws(SignatureProblem) -> AuthorizationHeader {
        func first(_ name: String) -> String? {
            request.headers.first { $0.name.lowercased() == name }?.value
        }
        guard let value = first("authorization"), !value.isEmpty else { throw .missing }
        let authorization = try AuthorizationHeader(parsing: value)
        guard let date = first("x-amz-date") else { throw .incomplete("the X-Amz-Date header is missing") }
        guard let time = SigningTime(date) else {
            throw .incomplete("the X-Amz-Date header must be like 20150830T123600Z")
        }
        guard authorization.scope.date == time.date else {
            throw .incomplete("the day in 'Credential' is not the day of X-Amz-Date")
        }
        guard authorization.signedHeaders.contains("host") else { throw .incomplete("'Host' must be a signed header") }
        let difference = time.milliseconds - milliseconds
        guard difference.magnitude <= UInt64(self.toleranceMilliseconds) else { throw .stale(signedAt: time) }
        guard let secretAccessKey = secret(authorization.accessKeyID) else { throw .unknownKey }

        let canonical = CanonicalRequest(request, signing: Set(authorization.signedHeaders))
        let key = SigningKey(secretAccessKey: secretAccessKey, scope: authorization.scope)
        let expected = key.authenticate(canonical.stringToSign(time: time, scope: authorization.scope))
        var digits: [UInt8] = []
        digits.append(hexOf: expected)
        guard Self.areEqual(digits, Array(authorization.signature.utf8)) else { throw .mismatch }
        return authorization
    }

    /// Compares in a time that depends on the length alone.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}
