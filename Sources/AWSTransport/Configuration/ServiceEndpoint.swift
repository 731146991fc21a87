// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where requests of one service go.
package struct ServiceEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// How an endpoint was chosen.
    package enum Origin: Hashable, Sendable {
        /// By an option.
        case option
        /// By the environment variable of this name.
        case environment(String)
        /// By the profile of this name.
        case profile(String)
        /// By the rules for the region.
        case rules
    }

    /// Whether the connection is encrypted.
    package let isEncrypted: Bool
    /// The host, lower case; an IPv6 address without its brackets.
    package let host: String
    /// The port.
    package let port: Int
    /// What goes before the path of each request; empty, or it begins with `/` and does not end with one.
    package let pathPrefix: String
    /// How it was chosen.
    package let origin: Origin
    /// The `Host` header: with the port if it is not the scheme's own.
    package let hostHeader: String
    /// The URL, without a slash at its end.
    package let url: String

    /// Reads a URL of the form `http[s]://host[:port][/path]`.
    package init(parsing url: String, origin: Origin) throws(ConnectionError) {
        func invalid(_ problem: String) -> ConnectionError {
            // The URL itself is not repeated: it could hold a password.
            ConnectionError(
                .invalidEndpoint,
                "The endpoint URL of \(Self.name(of: origin)) cannot be used: \(problem)",
                advice: "Give it as http://127.0.0.1:8000 or https://host[:port][/path]."
            )
        }
        let lowercased = url.lowercased()
        let rest: Substring
        if lowercased.hasPrefix("https://") {
            self.isEncrypted = true
            rest = url.dropFirst("https://".count)
        } else if lowercased.hasPrefix("http://") {
            self.isEncrypted = false
            rest = url.dropFirst("http://".count)
        } else {
            throw invalid("it has to begin with http:// or https://")
        }
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw invalid("it holds a character to be encoded")
        }
        guard !rest.contains("?"), !rest.contains("#") else { throw invalid("it must not have a query or a fragment") }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw invalid("it must not hold a user name") }
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }

        let portText: Substring?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw invalid("']' is missing behind the address") }
            self.host = authority[authority.index(after: authority.startIndex)..<end].lowercased()
            let behind = authority[authority.index(after: end)...]
            guard behind.isEmpty || behind.first == ":" else { throw invalid("only a port may follow the address") }
            portText = behind.isEmpty ? nil : behind.dropFirst()
            guard self.host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                throw invalid("no IPv6 address")
            }
        } else {
            let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            self.host = parts.first.map { $0.lowercased() } ?? ""
            portText = parts.count == 2 ? parts[1] : nil
            guard self.host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "_" }) else {
                throw invalid("the host is not a name or an address")
            }
        }
        guard !self.host.isEmpty else { throw invalid("it names no host") }
        if let portText, !portText.isEmpty {
            guard let port = Int(portText), (1...65_535).contains(port) else {
                throw invalid("the port is not 1 to 65535")
            }
            self.port = port
        } else {
            self.port = self.isEncrypted ? 443 : 80
        }
        self.pathPrefix = String(path)
        self.origin = origin
        let name = self.host.contains(":") ? "[\(self.host)]" : self.host
        self.hostHeader = self.port == (self.isEncrypted ? 443 : 80) ? name : "\(name):\(self.port)"
        self.url = "\(self.isEncrypted ? "https" : "http")://\(self.hostHeader)\(self.pathPrefix)"
    }

    /// The URL.
    package var description: String { self.url }

    /// Whether requests stay on this machine: `localhost`, 127.0.0.0/8 or `::1`.
    package var isLoopback: Bool {
        if self.host == "localhost" || self.host.hasSuffix(".localhost") || self.host == "::1" { return true }
        let parts = self.host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Whether the host belongs to AWS.
    package var isAWS: Bool { Partition.suffixes.contains { self.host.hasSuffix(".\($0)") } }

    private static func name(of origin: Origin) -> String {
        switch origin {
        case .option: "--endpoint-url"
        case .environment(let variable): variable
        case .profile(let profile): "profile '\(profile)'"
        case .rules: "the region"
        }
    }
}
