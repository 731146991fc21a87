// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CTerminal
import TerminalCells
import Testing

struct TextWidthTests {
    /// Differences that are as they should be: the reason for each.
    private static func isTolerated(ours: Int?, library: Int32, scalar: Unicode.Scalar) -> Bool {
        // The program's table never says that NUL is a character.
        if scalar == "\u{0}" { return true }
        // A library of a newer Unicode knows it, one of an older does not: shown as U+FFFD, by us or by the driver.
        if ours == nil || library < 0 { return true }
        return false
    }

    @Test
    func theTableAgreesWithTheCLibrary() {
        var differences: [String] = []
        var unknownToUs = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let ours = TextWidth.columns(of: scalar)
            let library = weir_terminal_columns(value)
            guard Int32(ours ?? -1) != library else { continue }
            unknownToUs += ours == nil ? 1 : 0
            guard !Self.isTolerated(ours: ours, library: library, scalar: scalar) else { continue }
            differences.append("U+\(String(value, radix: 16)): \(ours.map(String.init) ?? "none") and \(library)")
        }
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(10))")
        // More than this is not a newer Unicode but a broken table.
        #expect(unknownToUs < 40_000)
    }

    @Test(arguments: [("a", 1), ("漢", 2), ("한", 2), ("\u{301}", 0), ("▁", 1), ("⣿", 1), ("─", 1), ("👍", 2), ("é", 1)])
    func knownCharactersHaveTheirWidth(character: Unicode.Scalar, columns: Int) {
        #expect(TextWidth.columns(of: character) == columns)
        #expect(weir_terminal_columns(character.value) == Int32(columns))
    }

    @Test(arguments: ["\u{1B}", "\u{7F}", "\u{9B}", "\u{378}", "\u{10FFFF}"] as [Unicode.Scalar])
    func whatIsNotPrintableHasNoWidth(scalar: Unicode.Scalar) {
        #expect(TextWidth.columns(of: scalar) == nil)
    }
}
