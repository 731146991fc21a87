// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a signing key is good for: one day, one region, one service.
package struct SigningScope: Hashable, Sendable, CustomStringConvertible {
    /// The day, `20150830`.
    package var date: String
    /// The region, `us-east-1`.
    package var region: String
    /// The service's signing name; `dynamodb` for DynamoDB and its streams alike.
    package var service: String

    /// Creates a scope.
    package init(date: some StringProtocol, region: String, service: String) {
        self.date = String(date)
        self.region = region
        self.service = service
    }

    /// `20150830/us-east-1/dynamodb/aws4_request`.
    package var description: String { "\(self.date)/\(self.region)/\(self.service)/aws4_request" }
}
