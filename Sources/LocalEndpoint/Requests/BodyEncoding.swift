// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CCompression
package import DynamoDBModel

/// How a request's body is compressed.
package enum BodyEncoding: Hashable {
    case identity
    case gzip
    case deflate

    /// Reads the header Content-Encoding.
    ///
    /// - Throws: `validation` for other encodings and for more than one.
    package init(_ header: String?) throws(DynamoDBError) {
        let name = (header ?? "").lowercased().filter { $0 != " " && $0 != "\t" }
        switch name {
        case "", "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        default:
            throw DynamoDBError(
                .validation,
                "The content encoding \"\(header ?? "")\" is not supported: send gzip, deflate or identity",
                status: 400
            )
        }
    }

    /// The body without compression.
    ///
    /// - Throws: `serialization` for what is not compressed so, `RequestEntityTooLarge` beyond the limit.
    package func decoded(_ body: [UInt8], limit: Int) throws(DynamoDBError) -> [UInt8] {
        let encoding: Int32
        switch self {
        case .identity: return body
        case .gzip: encoding = Int32(WEIR_GZIP.rawValue)
        case .deflate: encoding = Int32(WEIR_DEFLATE.rawValue)
        }
        var output: UnsafeMutablePointer<UInt8>?
        var count = 0
        let result = body.withUnsafeBufferPointer {
            weir_inflate($0.baseAddress, $0.count, encoding, limit, &output, &count)
        }
        defer { weir_inflate_free(output) }
        switch UInt32(bitPattern: result) {
        case WEIR_INFLATE_OK.rawValue:
            return Array(UnsafeBufferPointer(start: output, count: count))
        case WEIR_INFLATE_TOO_LARGE.rawValue: throw .tooLarge(limit: limit)
        case WEIR_INFLATE_NO_MEMORY.rawValue:
            throw DynamoDBError(.internalServerError, "No memory to inflate the request", status: 500)
        default:
            throw DynamoDBError(
                .serialization,
                "The body is not compressed as its Content-Encoding says, or is cut off",
                status: 400
            )
        }
    }
}

extension DynamoDBError {
    /// The refusal of a body beyond the limit.
    static func tooLarge(limit: Int) -> DynamoDBError {
        DynamoDBError(
            Code("RequestEntityTooLarge"),
            "The request is larger than \(limit) bytes, before or after inflating it",
            status: 413
        )
    }
}

/// The CRC-32 of a body, as the header x-amz-crc32 carries it.
func checksum(_ body: [UInt8]) -> UInt32 {
    body.withUnsafeBufferPointer { weir_crc32($0.baseAddress, $0.count) }
}
