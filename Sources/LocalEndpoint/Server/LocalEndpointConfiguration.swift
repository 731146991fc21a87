// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Settings of the endpoint.
public struct LocalEndpointConfiguration: Sendable {
    /// The address to listen on.
    ///
    /// - Default: `127.0.0.1`, which other machines cannot reach.
    public var host: String
    /// The port to listen on.
    ///
    /// - Range: 0...65535; 0 takes a free one. Default: 0.
    public var port: Int
    /// Names besides loopback and ``host`` that a request's Host header may have, without port.
    public var additionalHosts: Set<String>
    /// The pause between two sweeps that delete expired items; nil: only the control request ExpireItems deletes them.
    ///
    /// - Range: more than 0. Default: nil.
    public var expiryInterval: Duration?
    /// The faults at first.
    public var faults: [FaultSpecification]
    /// What faults draw from: the same seed, the same faults.
    ///
    /// - Default: 0.
    public var faultSeed: UInt64
    /// Says which writes are answered as if they had been done, and are neither done nor logged.
    ///
    /// It proves that counters on both sides are really compared. Called with `PutItem`, `DeleteItem`, `UpdateItem` or `BatchWriteItem` and
    /// the number of requests for it that came before.
    public var dropRequest: (@Sendable (_ operation: String, _ index: Int) -> Bool)?

    /// Creates settings.
    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        additionalHosts: Set<String> = [],
        expiryInterval: Duration? = nil,
        faults: [FaultSpecification] = [],
        faultSeed: UInt64 = 0,
        dropRequest: (@Sendable (_ operation: String, _ index: Int) -> Bool)? = nil
    ) {
        self.host = host
        self.port = port
        self.additionalHosts = additionalHosts
        self.expiryInterval = expiryInterval
        self.faults = faults
        self.faultSeed = faultSeed
        self.dropRequest = dropRequest
    }

    /// Whether the endpoint listens on all addresses of the machine: `0.0.0.0`, `::`.
    public var isOnAllAddresses: Bool {
        HostRule.isAllAddresses(HostRule.name(self.host))
    }

    /// Whether only this machine can reach the endpoint.
    public var isLoopback: Bool {
        HostRule.isLoopback(HostRule.name(self.host))
    }
}
