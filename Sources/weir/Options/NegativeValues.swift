// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers below zero as values of options.
enum NegativeValues {
    /// Joins an option with a negative number behind it, `--rate -5` into `--rate=-5`.
    ///
    /// Behind a space the parser takes such a number for an option and says that the value is missing; so the reader of
    /// the value says what it accepts. No option of one letter is a digit.
    static func joined(_ arguments: [String]) -> [String] {
        var result: [String] = []
        var isOver = false
        for argument in arguments {
            if let option = result.last, !isOver, option.hasPrefix("--"), option != "--", !option.contains("="),
                argument.contains(#/^-[0-9.]/#)
            {
                result[result.count - 1] = "\(option)=\(argument)"
            } else {
                result.append(argument)
            }
            if argument == "--" { isOver = true }
        }
        return result
    }
}
