// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension DashboardState {
    /// Goes on to the next theme, after the last one to the first.
    mutating func nextTheme() -> [DashboardEffect] {
        guard self.options.themes.count > 1 else { return self.refuse("there is no other theme") }
        self.view.theme = (self.view.theme + 1) % self.options.themes.count
        let theme = self.options.themes[self.view.theme]
        self.say("theme \(theme.name), \(self.view.theme + 1) of \(self.options.themes.count); --theme keeps it")
        return [.theme(theme)]
    }
}
