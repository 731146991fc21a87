// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel

/// S3's DeleteObjects: the request's XML and what its answer says of each object.
enum DeleteObjectsCall {
    /// An object that was not deleted.
    struct Refusal: Hashable, Sendable {
        var key: String
        var code: String
        var message: String
    }

    /// The call; the path begins with the bucket where the host does not.
    static func call(_ request: ObjectPlan.Request, path: String) -> AWSCall {
        let body = Self.body(request.objects.map(\.key))
        let checksum = Checksum.crc32(body)
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt32($0))) }
        return AWSCall(
            operation: "DeleteObjects",
            path: path,
            query: "delete",
            headers: [
                ("Content-Type", "application/xml"), ("x-amz-sdk-checksum-algorithm", "CRC32"),
                ("x-amz-checksum-crc32", Base64.encode(bytes)),
            ],
            body: body
        )
    }

    /// The request's document.
    ///
    /// Quiet: the answer names only what was not deleted.
    static func body(_ keys: [String]) -> [UInt8] {
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"#
        text += #"<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"#
        for key in keys { text += "<Object><Key>\(XMLElements.escaped(key))</Key></Object>" }
        text += "<Quiet>true</Quiet></Delete>"
        return Array(text.utf8)
    }

    /// The objects that the answer names as not deleted.
    static func refusals(in body: [UInt8]) -> [Refusal] {
        XMLElements.all("Error", in: body).map { element in
            Refusal(
                key: XMLElements.first("Key", in: element) ?? "",
                code: XMLElements.first("Code", in: element) ?? "",
                message: XMLElements.first("Message", in: element) ?? ""
            )
        }
    }
}
