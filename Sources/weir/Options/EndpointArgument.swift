// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser

/// What may be given as the endpoint of a service.
enum EndpointArgument {
    /// Refuses what is no URL that can be used, and names the option.
    static func check(_ url: String?, option: String) throws {
        guard let url else { return }
        do throws(ConnectionError) {
            // Where it comes from is what messages name.
            _ = try ServiceEndpoint(parsing: url, origin: .environment(option))
        } catch {
            throw ValidationError(error.description)
        }
    }
}
