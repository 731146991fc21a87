// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import RecordHandlers

/// A bucket of a moto server.
struct MotoBucket {
    /// The bucket, as an option of the program names it.
    var arn: String { "arn:aws:s3:::\(self.name)" }
    private let name: String
    private let server: String

    /// Makes a bucket.
    init(_ name: String, at server: String) async throws {
        self.name = name
        self.server = server
        _ = try await self.call("PUT", "/\(name)")
    }

    /// Its objects by their keys.
    func objects() async throws -> [String: String] {
        let list = try await self.call("GET", "/\(self.name)", query: "list-type=2")
        var objects: [String: String] = [:]
        for key in XMLElements.all("Contents", in: list).compactMap({ XMLElements.first("Key", in: $0) }) {
            let path = "/\(self.name)/\(PercentEncoding.encode(key, keepsSlashes: true))"
            objects[key] = String(decoding: try await self.call("GET", path), as: UTF8.self)
        }
        return objects
    }

    private func call(_ method: String, _ path: String, query: String = "") async throws -> [UInt8] {
        let call = AWSCall(operation: method, method: method, path: path, query: query, headers: [], body: [])
        return try await MotoCall.send(call, to: .s3, at: self.server)
    }
}
