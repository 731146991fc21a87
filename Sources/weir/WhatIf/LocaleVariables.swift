// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What the environment says of the characters that can be shown.
enum LocaleVariables {
    /// Whether more than ASCII can be shown: the first of LC_ALL, LC_CTYPE and LANG that is set says so.
    static func isUTF8(_ environment: [String: String]) -> Bool {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let name = locale.uppercased()
        return name.hasSuffix("UTF-8") || name.hasSuffix("UTF8")
    }
}
