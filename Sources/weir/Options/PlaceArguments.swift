// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// In which account things are, for what is said of them without a call.
struct PlaceArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Account of the tables, twelve digits.",
            discussion: "Default: that of --stream-arn, or of the table, which is asked for then.",
            valueName: "id"
        ),
        transform: PlaceArguments.account
    )
    var account: String?

    /// Creates options to be filled by the parser.
    init() {}

    private static let account: @Sendable (String) throws -> String = { text in
        guard text.utf8.count == 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw ValidationError("twelve digits are accepted")
        }
        return text
    }
}
