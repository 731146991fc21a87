// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A word as a shell would take it, for people who read what is going to be run.
enum ShellWord {
    /// The word, in single quotes if a shell would change it.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: Array("_-./:=,@%+".utf8).contains(byte)
                }
            }
        return isPlain ? word : "'\(word.replacing("'", with: #"'\''"#))'"
    }
}
