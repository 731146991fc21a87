// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSTransport
import Synchronization

/// Connections to the buckets of one S3 endpoint: by host on AWS, by path elsewhere.
///
/// A bucket whose name cannot be a part of a host name (dots would not fit the certificate) is named in the path on AWS, too.
package final class BucketConnections: Sendable {
    /// A connection and the path of a bucket.
    package struct Bucket: Sendable {
        /// Where its requests go.
        package var connection: ServiceConnection
        /// The path of the bucket itself: `/`, or with its name.
        package var path: String

        /// The path of an object.
        package func path(of key: String) -> String {
            (self.path == "/" ? "/" : self.path + "/") + PercentEncoding.encode(key, keepsSlashes: true)
        }
    }

    /// The region that requests are signed for.
    package let region: String
    /// The endpoint; nil: AWS.
    package let endpoint: String?
    /// The endpoint without a bucket.
    package let base: ServiceEndpoint
    private let connect: @Sendable (ServiceEndpoint) -> ServiceConnection
    private let close: @Sendable () async -> Void
    private let kept = Mutex<[String: Bucket]>([:])
    /// Connections that are kept; they share their sockets, so making one anew costs little.
    private static let keptLimit = 64

    /// Creates connections.
    ///
    /// - Parameters:
    ///   - base: The endpoint without a bucket.
    ///   - region: The region that requests are signed for.
    ///   - connect: Makes a connection to the endpoint or to a bucket's host; they share their sockets.
    ///   - close: Closes the sockets.
    package init(
        base: ServiceEndpoint,
        region: String,
        connect: @escaping @Sendable (ServiceEndpoint) -> ServiceConnection,
        close: @escaping @Sendable () async -> Void
    ) {
        self.base = base
        self.connect = connect
        self.close = close
        self.region = region
        self.endpoint = base.isAWS ? nil : base.url
    }

    /// The connection to a bucket.
    package func bucket(_ name: String) throws(AWSCallError) -> Bucket {
        if let bucket = self.kept.withLock({ $0[name] }) { return bucket }
        let bucket: Bucket
        do throws(ConnectionError) {
            bucket = try self.make(name)
        } catch {
            throw AWSCallError(
                operation: "S3",
                reason: .credentials(error),
                message: error.description,
                attempts: 0
            )
        }
        self.kept.withLock { kept in
            if kept.count >= Self.keptLimit { kept.removeAll() }
            kept[name] = bucket
        }
        return bucket
    }

    /// Closes the connections.
    package func shutdown() async { await self.close() }

    private func make(_ name: String) throws(ConnectionError) -> Bucket {
        let endpoint = self.base
        guard endpoint.isAWS, Self.fitsHost(name) else {
            return Bucket(
                connection: self.connect(endpoint),
                path: "/\(PercentEncoding.encode(name))"
            )
        }
        let host = try ServiceEndpoint(
            parsing: "https://\(name).\(endpoint.hostHeader)\(endpoint.pathPrefix)",
            origin: endpoint.origin
        )
        return Bucket(connection: self.connect(host), path: "/")
    }

    private static func fitsHost(_ name: String) -> Bool {
        (3...63).contains(name.utf8.count) && name.first != "-" && name.last != "-"
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
