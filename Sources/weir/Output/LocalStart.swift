// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import LocalEndpoint

/// What `weir local` says once it can be reached.
struct LocalStart: Sendable {
    var configuration: LocalEndpointConfiguration
    /// The file of its tables; nil: they are in memory.
    var data: String?
    var region: String

    /// Where it is, as an endpoint for programs of this machine.
    func line(port: Int) -> String {
        let host = self.configuration.host
        let isAll = self.configuration.isOnAllAddresses
        let name =
            switch (isAll, host.contains(":")) {
            case (true, true): "[::1]"
            case (true, false): "127.0.0.1"
            case (false, true): host.hasPrefix("[") ? host : "[\(host)]"
            case (false, false): host
            }
        let place = [self.data.map { "in \($0)" } ?? "in memory", "region \(self.region)"]
        let facts = place + (isAll ? ["on all addresses of this machine"] : [])
        return "DynamoDB and DynamoDB Streams on http://\(name):\(port) (\(facts.joined(separator: ", "))); ^C ends"
    }

    /// Tells where it is, and who else can reach it.
    func tell(port: Int) {
        let errors = LineOutput.standardError()
        if !self.configuration.isLoopback {
            let reach = self.configuration.isOnAllAddresses ? "it" : self.configuration.host
            errors.line("weir: warning: other machines can reach \(reach), and any credentials are accepted")
        }
        let output = LineOutput.standardOutput()
        output.line(self.line(port: port))
        // It serves all the same: who started it on a port of their own knows where.
        if let failure = output.endOfProgram { errors.line("weir: warning: \(failure)") }
    }
}
