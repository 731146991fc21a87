// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Decides whether a request's Host header is one that a program of this machine would send.
///
/// A web page can let its own name point to 127.0.0.1 and then talk to everything that listens there (DNS rebinding);
/// its requests carry that name.
struct HostRule: Sendable {
    private let allowed: Set<String>
    /// The names and addresses it accepts, for people.
    let accepted: String
    private let acceptsAddresses: Bool

    init(host: String, additionalHosts: Set<String>) {
        let name = Self.name(host)
        self.allowed = additionalHosts.union([name]).reduce(into: []) { $0.insert($1.lowercased()) }
        // Who listens on all addresses is reached by addresses not known here, and an address cannot be rebound.
        let acceptsAddresses = Self.isAllAddresses(name)
        self.acceptsAddresses = acceptsAddresses
        let named = self.allowed.filter { !Self.isAllAddresses($0) && !Self.isLoopback($0) }.sorted()
        self.accepted = (["localhost", "127.0.0.1"] + named + (acceptsAddresses ? ["any IP address"] : []))
            .joined(separator: ", ")
    }

    /// Whether the header can be trusted; without one, a request is not HTTP/1.1 (RFC 9112, section 3.2).
    func accepts(_ header: String?) -> Bool {
        guard let header, !header.isEmpty else { return false }
        let name = Self.name(header)
        if Self.isLoopback(name) || self.allowed.contains(name) { return true }
        return self.acceptsAddresses && (Self.isIPv4(name) || Self.isIPv6(name))
    }

    /// The name without port and brackets, in lower case.
    static func name(_ host: String) -> String {
        var name = host.lowercased()
        if name.hasPrefix("[") {
            name = String(name.dropFirst().prefix { $0 != "]" })
        } else if name.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1 {
            name = String(name.prefix { $0 != ":" })
        }
        if name.hasSuffix(".") { name.removeLast() }
        return name
    }

    /// Whether a name or address is this machine's own.
    static func isLoopback(_ name: String) -> Bool {
        if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
        return Self.isIPv4(name) && name.hasPrefix("127.")
    }

    /// Whether an address to listen on stands for all that the machine has.
    static func isAllAddresses(_ name: String) -> Bool {
        name == "0.0.0.0" || name == "::"
    }

    private static func isIPv4(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.utf8.count <= 3 && UInt8($0) != nil }
    }

    private static func isIPv6(_ name: String) -> Bool {
        name.utf8.contains(UInt8(ascii: ":"))
            && name.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
}
