// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One import of a module in a source file.
struct ImportStatement: Equatable {
    let line: Int
    /// The module at the front: `Foo` of `import struct Foo.Bar`.
    let module: String
    /// What stands before it, as `@testable`, `@_exported`, `public`.
    let modifiers: [String]

    /// All imports of a source text, also several on one line and those within `#if`.
    static func all(in code: CodeText) -> [ImportStatement] {
        let pattern =
            #/
            ^\s*
            (?<modifiers>(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|fileprivate|private)\s+)*)
            import\s+
            (?:(?:typealias|struct|class|enum|protocol|actor|let|var|func)\s+)?
            `?(?<module>\w+)
            /#
        return code.lines.enumerated().flatMap { number, line in
            line.split(separator: ";").compactMap { statement in
                guard let match = statement.firstMatch(of: pattern) else { return nil }
                return ImportStatement(
                    line: number + 1,
                    module: String(match.module),
                    modifiers: match.modifiers.split(whereSeparator: \.isWhitespace).map(String.init)
                )
            }
        }
    }
}
