// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of an `Authorization` header of the form that ``RequestSigner`` writes.
package struct AuthorizationHeader: Hashable, Sendable {
    /// Who signed.
    package var accessKeyID: String
    /// For which day, region and service.
    package var scope: SigningScope
    /// Lower-case names of the headers that were signed.
    package var signedHeaders: [String]
    /// The signature, 64 hexadecimal digits.
    package var signature: String

    /// Reads a header's value.
    ///
    /// - Throws: ``SignatureProblem/incomplete(_:)`` that names what is missing.
    package init(parsing value: some StringProtocol) throws(SignatureProblem) {
        let algorithm = "AWS4-HMAC-SHA256"
        guard value.hasPrefix(algorithm) else {
            throw .incomplete("the Authorization header must begin with '\(algorithm)'")
        }
        var parts: [String: String] = [:]
        for part in value.dropFirst(algorithm.count).split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            parts[Self.trimmed(pair[0])] = Self.trimmed(pair[1])
        }
        guard let credential = parts["Credential"] else { throw .incomplete("'Credential' is missing") }
        guard let signedHeaders = parts["SignedHeaders"] else { throw .incomplete("'SignedHeaders' is missing") }
        guard let signature = parts["Signature"] else { throw .incomplete("'Signature' is missing") }
        let fields = credential.split(separator: "/", omittingEmptySubsequences: false)
        guard fields.count >= 5, fields.last == "aws4_request", fields.dropLast(4).contains(where: { !$0.isEmpty })
        else {
            throw .incomplete("'Credential' must be of the form <key>/<date>/<region>/<service>/aws4_request")
        }
        // An access key may itself hold slashes on emulators, so the scope is counted from the end.
        self.accessKeyID = fields.dropLast(4).joined(separator: "/")
        self.scope = SigningScope(
            date: fields[fields.count - 4],
            region: String(fields[fields.count - 3]),
            service: String(fields[fields.count - 2])
        )
        self.signedHeaders = signedHeaders.split(separator: ";").map { $0.lowercased() }
        self.signature = signature
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var view = Substring(text)
        while view.first == " " { view.removeFirst() }
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
