// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TerminalCells
import TestSupport

/// A screen on disk: its characters, and what each of them means.
struct GoldenFile {
    let url: URL

    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Goldens")

    /// Whether goldens are written and not compared.
    static var isRecording: Bool { ProcessInfo.processInfo.environment["WEIR_RECORD_GOLDENS"] == "1" }

    init(_ name: String) {
        self.url = Self.folder.appendingPathComponent(name + ".txt")
    }

    /// The lines of a grid as the file has them.
    static func lines(of grid: CellGrid) -> [String] {
        let literal = GridLiteral(grid)
        return literal.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [
            "", "roles", "",
        ]
            + literal.roles.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    func read() throws -> [String] {
        try String(contentsOf: self.url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init).dropLast()
    }

    func write(_ grid: CellGrid) throws {
        try Data((Self.lines(of: grid).joined(separator: "\n") + "\n").utf8).write(to: self.url)
    }

    /// The first line that differs, nil if none does.
    func difference(from grid: CellGrid) throws -> String? {
        let expected = try self.read()
        let actual = Self.lines(of: grid)
        for index in 0..<max(expected.count, actual.count) {
            let left = index < expected.count ? expected[index] : "(nothing)"
            let right = index < actual.count ? actual[index] : "(nothing)"
            if left != right { return "line \(index + 1)\nexpected \(left)\nactual   \(right)" }
        }
        return nil
    }
}
