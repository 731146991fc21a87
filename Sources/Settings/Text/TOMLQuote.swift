// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Writes texts as TOML does.
enum TOMLQuote {
    /// The text in quotation marks, in single ones if that saves escapes.
    static func quoted(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.properties.generalCategory != .control }
        if isPlain, !text.contains("'"), text.contains(where: { $0 == "\"" || $0 == "\\" }) { return "'\(text)'" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || scalar.properties.generalCategory == .control
                || scalar.properties.generalCategory == .format:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let width = digits.count > 4 ? 8 : 4
                result += width == 4 ? "\\u" : "\\U"
                result += String(repeating: "0", count: width - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
