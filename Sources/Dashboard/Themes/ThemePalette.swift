// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The colours by which the styles of all roles can be told.
///
/// A theme file that gives some of them other values changes every role that uses them.
package struct ThemePalette: Hashable, Sendable {
    /// The names, in the order in which files list them.
    package static let names = [
        "page", "background", "raised", "line", "faint", "text", "bright",
        "red", "orange", "yellow", "green", "teal", "blue", "violet",
        "deep-green", "deep-blue", "deep-teal", "deep-violet", "deep-orange",
    ]

    /// Colours by name; nil: the terminal's own.
    private var colors: [String: ThemeColor]

    /// Creates a palette; a name without a colour is the terminal's own.
    package init(_ colors: [String: ThemeColor]) {
        self.colors = colors
    }

    /// Creates a palette of `#rrggbb` and what becomes of it with 16 colours.
    ///
    /// Traps at anything else, as these are the program's own.
    init(hex entries: KeyValuePairs<String, (StaticString, BasicColor)>) {
        var colors: [String: ThemeColor] = [:]
        for (name, entry) in entries {
            guard let color = ThemeColor(hex: entry.0.description, basic: entry.1) else {
                preconditionFailure("\(name) is not a colour")
            }
            colors[name] = color
        }
        precondition(Set(colors.keys) == Set(Self.names), "a palette names all colours")
        self.init(colors)
    }

    /// Creates a palette of the terminal's own 16 colours.
    init(system entries: KeyValuePairs<String, BasicColor>) {
        var colors: [String: ThemeColor] = [:]
        for (name, basic) in entries { colors[name] = ThemeColor(system: basic) }
        self.init(colors)
    }

    /// The colour of a name; nil: the terminal's own.
    package subscript(name: String) -> ThemeColor? {
        get { self.colors[name] }
        set { self.colors[name] = newValue }
    }
}
