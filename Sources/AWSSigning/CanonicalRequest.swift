// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Crypto

/// A request in the one spelling that client and service both hash.
package struct CanonicalRequest: Sendable {
    /// The lines of the canonical request, joined with line feeds.
    package let bytes: [UInt8]
    /// The names of the signed headers, lower case, sorted, joined with `;`.
    package let signedHeaders: String

    /// Writes a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - signedHeaders: Sign only these, by lower-case name; nil: all that are not in ``SignableRequest/unsignedHeaders``.
    package init(_ request: SignableRequest, signing signedHeaders: Set<String>? = nil) {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(request.headers.count)
        for header in request.headers {
            let name = header.name.lowercased()
            let isSigned = signedHeaders?.contains(name) ?? !SignableRequest.unsignedHeaders.contains(name)
            if isSigned { headers.append((name, header.value)) }
        }
        // Headers of one name keep their order, and there are few: insertion is stable and quick.
        for index in headers.indices.dropFirst() {
            var place = index
            while place > 0, headers[place].name < headers[place - 1].name {
                headers.swapAt(place, place - 1)
                place -= 1
            }
        }
        var names: [UInt8] = []
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        names.reserveCapacity(96)
        bytes.append(contentsOf: request.method.utf8)
        bytes.append(lineFeed)
        if request.isPathSignedAsItIs {
            bytes.append(contentsOf: (request.path.isEmpty ? "/" : request.path).utf8)
        } else {
            Self.append(path: request.path, to: &bytes)
        }
        bytes.append(lineFeed)
        Self.append(query: request.query, to: &bytes)
        bytes.append(lineFeed)
        var previous: String?
        for header in headers {
            if header.name == previous {
                bytes.append(UInt8(ascii: ","))
            } else {
                if previous != nil {
                    bytes.append(lineFeed)
                    names.append(UInt8(ascii: ";"))
                }
                names.append(contentsOf: header.name.utf8)
                bytes.append(contentsOf: header.name.utf8)
                bytes.append(UInt8(ascii: ":"))
                previous = header.name
            }
            Self.append(value: header.value, to: &bytes)
        }
        if previous != nil { bytes.append(lineFeed) }
        bytes.append(lineFeed)
        bytes.append(contentsOf: names)
        bytes.append(lineFeed)
        bytes.append(contentsOf: request.payload.text.utf8)
        self.bytes = bytes
        self.signedHeaders = String(decoding: names, as: UTF8.self)
    }

    /// The canonical request as text.
    package var text: String { String(decoding: self.bytes, as: UTF8.self) }

    /// The SHA-256 of the canonical request, 64 hexadecimal digits.
    package var hash: String { String(decoding: SHA256.hexDigits(of: self.bytes), as: UTF8.self) }

    /// What is signed: algorithm, time, scope and the hash of the canonical request, on a line each.
    package func stringToSign(time: SigningTime, scope: SigningScope) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        bytes.append(contentsOf: "AWS4-HMAC-SHA256\n".utf8)
        bytes.append(contentsOf: time.text.utf8)
        bytes.append(lineFeed)
        bytes.append(contentsOf: scope.description.utf8)
        bytes.append(lineFeed)
        bytes.append(contentsOf: SHA256.hexDigits(of: self.bytes))
        return bytes
    }

    /// Dot segments and empty segments go, what remains is percent-encoded once more: the `%` of `%3A` becomes `%25`.
    private static func append(path: String, to bytes: inout [UInt8]) {
        guard path != "/", !path.isEmpty else {
            bytes.append(UInt8(ascii: "/"))
            return
        }
        var segments: [Substring.UTF8View] = []
        for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
            if segment.elementsEqual("..".utf8) {
                _ = segments.popLast()
            } else if !segment.elementsEqual(".".utf8) {
                segments.append(segment)
            }
        }
        bytes.append(UInt8(ascii: "/"))
        for (index, segment) in segments.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "/")) }
            for byte in segment { Self.append(percentEncoding: byte, to: &bytes) }
        }
        if path.utf8.last == UInt8(ascii: "/"), !segments.isEmpty { bytes.append(UInt8(ascii: "/")) }
    }

    /// Parameters are sorted by name, then by value; a name without a value gets an empty one.
    private static func append(query: String, to bytes: inout [UInt8]) {
        guard !query.isEmpty else { return }
        var parameters: [(name: [UInt8], value: [UInt8])] = []
        for parameter in query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            let parts = parameter.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            parameters.append((Array(parts[0]), parts.count == 2 ? Array(parts[1]) : []))
        }
        parameters.sort { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value) : left.name.lexicographicallyPrecedes(right.name)
        }
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "&")) }
            bytes.append(contentsOf: parameter.name)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: parameter.value)
        }
    }

    /// White space around the value goes, white space within it becomes one space.
    private static func append(value: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        var isSpacePending = false
        for byte in value.utf8 {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                isSpacePending = bytes.count > start
            } else {
                if isSpacePending {
                    bytes.append(UInt8(ascii: " "))
                    isSpacePending = false
                }
                bytes.append(byte)
            }
        }
    }

    private static func append(percentEncoding byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            bytes.append(byte)
        default:
            bytes.append(UInt8(ascii: "%"))
            for digit in [byte >> 4, byte & 0x0F] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + (digit - 10))
            }
        }
    }
}

private let lineFeed = UInt8(ascii: "\n")
