// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import AWSSigning

/// A request as it is sent.
package struct HTTPMessage: Sendable {
    /// Where it goes.
    package var endpoint: ServiceEndpoint
    /// The method.
    package var method: String
    /// Path and query.
    package var target: String
    /// The headers; length and transfer coding are added.
    package var headers: [SignableRequest.Header]
    /// The body.
    package var body: [UInt8]

    /// Creates a request.
    package init(
        endpoint: ServiceEndpoint,
        method: String,
        target: String,
        headers: [SignableRequest.Header],
        body: [UInt8]
    ) {
        self.endpoint = endpoint
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The first header of a name, spelled exactly so.
    package func header(_ name: String) -> String? {
        self.headers.first { $0.name == name }?.value
    }
}
