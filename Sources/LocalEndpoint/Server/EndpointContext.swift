// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore

/// What belongs to one request: the connection too, which an injected fault closes.
struct EndpointContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
        self.channel = source.channel
    }
}
