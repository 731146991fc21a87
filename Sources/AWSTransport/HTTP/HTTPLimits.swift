// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The bounds of a single exchange.
package struct HTTPLimits: Hashable, Sendable {
    /// How long a connection may take to come about, TLS included.
    ///
    /// Default: 5 s.
    package var connectTimeout: Duration
    /// How long an answer may take from the request to its last byte.
    ///
    /// Default: 30 s.
    package var responseTimeout: Duration
    /// The largest body of an answer, in bytes.
    ///
    /// Default: 64 MiB; the service's own largest is 16 MB (BatchGetItem), a page of a stream has 1 MB of records.
    package var maximumBodyBytes: Int
    /// Connections to one host at the same time; further requests wait.
    ///
    /// Default: 50.
    package var maximumConnections: Int

    /// How long a connection may be silent until it is asked whether it is still there, so that nothing on the way
    /// forgets it while an answer is waited for; nil: it is not asked.
    ///
    /// Whole seconds, at least 1 s. Default: nil.
    package var keepAliveAfter: Duration?

    /// Creates limits.
    package init(
        connectTimeout: Duration = .seconds(5),
        responseTimeout: Duration = .seconds(30),
        maximumBodyBytes: Int = 64 << 20,
        maximumConnections: Int = 50,
        keepAliveAfter: Duration? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.responseTimeout = responseTimeout
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumConnections = maximumConnections
        self.keepAliveAfter = keepAliveAfter
    }
}
