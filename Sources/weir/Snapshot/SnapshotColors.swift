// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import TerminalDriver

/// How a screen that is printed is colored.
struct SnapshotColors {
    private let theme: Theme
    private let encoder: StyleEncoder

    /// Decides which colors there are; nil: nothing but text is to be printed.
    ///
    /// - Parameters:
    ///   - theme: What is colored how.
    ///   - option: `--color`.
    ///   - isTerminal: Whether it is printed to a terminal.
    ///   - environment: NO_COLOR, COLORTERM and TERM count.
    init?(theme: Theme, option: ColorOption?, isTerminal: Bool, environment: [String: String]) {
        guard option != .never, isTerminal || option == .always else { return nil }
        let name = environment["TERM"] ?? ""
        let refusesColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        if option == nil, refusesColor || name.isEmpty || name == "dumb" { return nil }
        let level: ColorLevel =
            switch option {
            case .sixteen: .sixteen
            case .palette256: .palette256
            case .trueColor: .trueColor
            default:
                ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
                    ? .trueColor : name.contains("256color") || !isTerminal ? .palette256 : .sixteen
            }
        self.theme = theme
        self.encoder = StyleEncoder(level: level, colors: level == .sixteen ? 16 : 256)
    }

    /// The sequence that begins a cell's style.
    func sequence(of cell: Cell) -> String {
        let style = self.encoder.encode(
            TerminalStyles.style(self.theme.style(of: cell.role, isSelected: cell.isSelected))
        )
        let attributes: [(TerminalAttributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        let codes =
            ["0"] + attributes.filter { style.attributes.contains($0.0) }.map(\.1)
            + [self.code(style.foreground, base: 30), self.code(style.background, base: 40)].compactMap(\.self)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    private func code(_ color: Int32, base: Int32) -> String? {
        switch color {
        case ..<0: nil
        case 0..<8: "\(base + color)"
        case 8..<16 where self.encoder.level == .sixteen: "\(base + 60 + color - 8)"
        default:
            self.encoder.level == .trueColor
                ? "\(base + 8);2;\(color >> 16 & 255);\(color >> 8 & 255);\(color & 255)" : "\(base + 8);5;\(color)"
        }
    }
}
