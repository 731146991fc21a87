// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession
package import TerminalCells

/// What the program decides about a dashboard before it is on the screen.
package struct DashboardOptions: Hashable, Sendable {
    /// What the source of the session accepts.
    package var capabilities: SessionCapabilities
    /// Whether the dashboard must not ask anything of the session.
    package var isReadOnly: Bool
    /// The characters to draw with.
    package var glyphs: GlyphSet
    /// The stream's name for the head line until the session tells.
    package var title: String
    /// The endpoint for the head line until the session tells; nil for the service's own.
    package var endpoint: String?
    /// The themes to choose from, that of the start first.
    package var themes: [Theme]

    package init(
        capabilities: SessionCapabilities = [],
        isReadOnly: Bool = false,
        glyphs: GlyphSet = .unicode,
        title: String = "",
        endpoint: String? = nil,
        themes: [Theme] = Theme.builtIn
    ) {
        self.capabilities = capabilities
        self.isReadOnly = isReadOnly
        self.glyphs = glyphs
        self.title = title
        self.endpoint = endpoint
        self.themes = themes
    }
}
