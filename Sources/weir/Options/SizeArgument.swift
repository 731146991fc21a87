// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A number of bytes as it is written on the command line: `500MB`, `512MiB`, `1GiB`.
struct SizeArgument: Hashable, Sendable, CustomStringConvertible {
    /// The accepted forms, for help and errors.
    static let forms = "500MB, 512MiB or 1GiB"

    private static let units: [(suffix: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000), ("kB", 1000), ("B", 1),
    ]

    /// The number of bytes.
    var bytes: Int

    /// Wraps a number of bytes.
    init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// Reads a whole number with or without a unit; a number alone is bytes.
    ///
    /// Nil for anything else.
    init?(_ text: String) {
        let unit = Self.units.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits) else {
            return nil
        }
        let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: unit?.bytes ?? 1)
        guard !isTooLarge else { return nil }
        self.bytes = bytes
    }

    /// The shortest accepted form.
    var description: String {
        let whole = Self.units.filter { self.bytes >= $0.bytes && self.bytes.isMultiple(of: $0.bytes) }
        return whole.max { $0.bytes < $1.bytes }.map { "\(self.bytes / $0.bytes)\($0.suffix)" } ?? "0"
    }

    /// A reader of sizes within a range, for an option's `transform`.
    static func within(_ lower: SizeArgument, _ upper: SizeArgument) -> @Sendable (String) throws -> SizeArgument {
        { text in
            guard let value = SizeArgument(text), (lower.bytes...upper.bytes).contains(value.bytes) else {
                throw ValidationError("a size such as \(Self.forms) is accepted, from \(lower) to \(upper)")
            }
            return value
        }
    }
}
