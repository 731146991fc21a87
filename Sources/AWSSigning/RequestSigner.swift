// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Signs requests for one service in one region, and keeps the key it signed with last.
///
/// The key is derived again only when the day or the credential changes: one signature then costs two hashes of the
/// canonical request's size and one keyed hash.
package final class RequestSigner: Sendable {
    private struct Kept {
        var credential: SigningCredential
        var key: SigningKey
    }

    /// The region, `us-east-1`.
    package let region: String
    /// The service's signing name.
    package let service: String
    private let kept = Mutex<Kept?>(nil)

    /// Creates a signer.
    package init(region: String, service: String) {
        self.region = region
        self.service = service
    }

    /// Signs a request.
    ///
    /// The headers that a signature adds (`X-Amz-Date`, `X-Amz-Security-Token`, `Authorization`) are added here;
    /// `X-Amz-Date` and `X-Amz-Security-Token` of the request itself are replaced.
    ///
    /// - Parameters:
    ///   - request: The request, with its `Host` header.
    ///   - credential: Who signs.
    ///   - milliseconds: When, in milliseconds since 1970-01-01T00:00:00Z.
    package func sign(_ request: inout SignableRequest, credential: SigningCredential, at milliseconds: Int64) {
        let time = SigningTime(milliseconds: milliseconds)
        request.headers.removeAll { addedHeaders.contains($0.name.lowercased()) }
        request.headers.append(SignableRequest.Header("X-Amz-Date", time.text))
        if let token = credential.sessionToken {
            request.headers.append(SignableRequest.Header("X-Amz-Security-Token", token))
        }
        let key = self.key(for: credential, date: time.date)
        let canonical = CanonicalRequest(request)
        let code = key.authenticate(canonical.stringToSign(time: time, scope: key.scope))
        var value: [UInt8] = []
        value.reserveCapacity(320)
        value.append(contentsOf: "AWS4-HMAC-SHA256 Credential=".utf8)
        value.append(contentsOf: credential.accessKeyID.utf8)
        value.append(UInt8(ascii: "/"))
        value.append(contentsOf: key.scope.description.utf8)
        value.append(contentsOf: ", SignedHeaders=".utf8)
        value.append(contentsOf: canonical.signedHeaders.utf8)
        value.append(contentsOf: ", Signature=".utf8)
        value.append(hexOf: code)
        request.headers.append(SignableRequest.Header("Authorization", String(decoding: value, as: UTF8.self)))
    }

    private func key(for credential: SigningCredential, date: Substring) -> SigningKey {
        self.kept.withLock { kept in
            if let kept, kept.key.scope.date == date, kept.credential == credential { return kept.key }
            let scope = SigningScope(date: date, region: self.region, service: self.service)
            let key = SigningKey(secretAccessKey: credential.secretAccessKey, scope: scope)
            kept = Kept(credential: credential, key: key)
            return key
        }
    }
}

private let addedHeaders: Set<String> = ["authorization", "x-amz-date", "x-amz-security-token"]
