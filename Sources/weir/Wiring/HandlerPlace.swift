// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBClient
import StreamSession

/// Where the stream is whose batches a handler gets, for people.
struct HandlerPlace: Hashable, Sendable {
    var region: String
    /// The endpoint; nil: AWS's own.
    var endpoint: String?

    /// A place by its names.
    init(region: String, endpoint: String?) {
        self.region = region
        self.endpoint = endpoint
    }

    /// The place that a connection leads to.
    init(_ client: DynamoDBClient) {
        self.region = client.region
        self.endpoint = client.isAWS ? nil : client.streamsEndpoint
    }

    /// The place where a recorded session was.
    init(_ session: SessionDescription) {
        self.region = session.region
        self.endpoint = session.endpoint
    }
}
