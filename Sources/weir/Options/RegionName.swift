// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What may be given as `--region`.
enum RegionName {
    /// Whether it has the form of a region: lower-case letters, digits and hyphens, at most 64.
    static func isValid(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }

    /// What is said of another one.
    static func refusal(of name: String, option: String = "--region <name>") -> ValidationError {
        ValidationError(
            "The value '\(name)' is invalid for '\(option)': lower-case letters, digits and hyphens are accepted, "
                + "such as eu-central-1"
        )
    }
}
