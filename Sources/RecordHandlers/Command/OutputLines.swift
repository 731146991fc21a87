// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Cuts what a program writes into lines, of which it gives the first and keeps the last.
///
/// Both are bounded, so that a program that never stops writing costs nothing more.
struct OutputLines: Sendable {
    /// The bounds.
    struct Limits: Hashable, Sendable {
        /// Lines that are given while the program runs; the rest is counted.
        var given = 50
        /// Lines that are kept for the error message.
        var kept = 10
        /// The longest line in bytes; the rest of it is left out.
        var lineBytes = 1024
    }

    private let limits: Limits
    private var line: [UInt8] = []
    private var isCut = false
    private var count = 0
    private var last: [String] = []

    /// Creates it.
    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes what was written.
    ///
    /// - Returns: The lines that are complete now, as far as they are given.
    mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let line = self.endLine() { lines.append(line) }
            } else if self.line.count < self.limits.lineBytes {
                self.line.append(byte)
            } else {
                self.isCut = true
            }
        }
        return lines
    }

    /// Ends it.
    ///
    /// - Returns: A last line without its end, and how many were not given.
    mutating func finish() -> [String] {
        var lines: [String] = []
        if !self.line.isEmpty, let line = self.endLine() { lines.append(line) }
        if self.count > self.limits.given { lines.append("… \(self.count - self.limits.given) more lines") }
        return lines
    }

    /// The last lines.
    var tail: String { self.last.joined(separator: "\n") }

    private mutating func endLine() -> String? {
        var bytes = self.line[...]
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        let text = String(decoding: bytes, as: UTF8.self) + (self.isCut ? "…" : "")
        self.line.removeAll(keepingCapacity: true)
        self.isCut = false
        self.count += 1
        self.last.append(text)
        if self.last.count > self.limits.kept { self.last.removeFirst() }
        return self.count <= self.limits.given ? text : nil
    }
}
