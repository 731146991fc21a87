// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Logging

/// Where the parts of a pipeline log.
package struct DemoLoggers: Sendable {
    package var endpoint: Logger
    package var client: Logger
    package var engine: Logger

    /// Names a logger for each part.
    package init(endpoint: Logger, client: Logger, engine: Logger) {
        self.endpoint = endpoint
        self.client = client
        self.engine = engine
    }

    /// Lets all parts log to one.
    package init(_ logger: Logger) {
        self.init(endpoint: logger, client: logger, engine: logger)
    }
}
