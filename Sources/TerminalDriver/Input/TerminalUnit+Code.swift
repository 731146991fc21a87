// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CTerminal
import TerminalCells

extension TerminalUnit {
    /// The unit for a key of the C side; nil if it has no meaning here.
    init?(keyCode: UInt32) {
        let number = Int(keyCode & 0xFFFF)
        let code: Key.Code
        switch number {
        case Int(WEIR_KEY_PASTE_BEGIN):
            self = .pasteBegin
            return
        case Int(WEIR_KEY_PASTE_END):
            self = .pasteEnd
            return
        case Int(WEIR_KEY_FUNCTION_1)..<Int(WEIR_KEY_FUNCTION_1) + 24:
            code = .function(number - Int(WEIR_KEY_FUNCTION_1) + 1)
        default:
            guard let known = Self.codes[number] else { return nil }
            code = known
        }
        self = .key(
            Key(
                code,
                control: keyCode & UInt32(WEIR_KEY_CONTROL) != 0,
                alt: keyCode & UInt32(WEIR_KEY_ALT) != 0,
                shift: keyCode & UInt32(WEIR_KEY_SHIFT) != 0
            )
        )
    }

    private static let codes: [Int: Key.Code] = [
        Int(WEIR_KEY_UP): .up,
        Int(WEIR_KEY_DOWN): .down,
        Int(WEIR_KEY_LEFT): .left,
        Int(WEIR_KEY_RIGHT): .right,
        Int(WEIR_KEY_HOME): .home,
        Int(WEIR_KEY_END): .end,
        Int(WEIR_KEY_PAGE_UP): .pageUp,
        Int(WEIR_KEY_PAGE_DOWN): .pageDown,
        Int(WEIR_KEY_INSERT): .insert,
        Int(WEIR_KEY_DELETE): .delete,
        Int(WEIR_KEY_BACKSPACE): .backspace,
        Int(WEIR_KEY_ENTER): .enter,
        Int(WEIR_KEY_BACK_TAB): .backTab,
    ]
}
