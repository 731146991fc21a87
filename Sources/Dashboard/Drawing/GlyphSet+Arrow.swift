// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

extension GlyphSet {
    /// From an old value to a new one.
    var arrow: String { self.isASCII ? "->" : "→" }
}
