// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// The function of `--handler function`.
struct FunctionArguments: ParsableArguments {
    @Option(
        name: .customLong("function"),
        help: ArgumentHelp("Function to invoke: its name, name:alias, or its ARN.", valueName: "name")
    )
    var name: String?

    @Option(
        name: .customLong("function-endpoint"),
        help: ArgumentHelp(
            "Where it is invoked, such as http://127.0.0.1:9000 for a runtime emulator, whose function is 'function'.",
            discussion: "Default: AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL, then AWS itself.",
            valueName: "url"
        )
    )
    var endpoint: String?

    @Flag(
        name: .customLong("function-log"),
        inversion: .prefixedNo,
        help: "Show the last 4 KB of the function's log after each invocation."
    )
    var wantsLog = false

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what is no name or no URL.
    func validate() throws {
        try EndpointArgument.check(self.endpoint, option: "--function-endpoint <url>")
        guard let name = self.name else { return }
        do throws(HandlerSetupError) { _ = try FunctionName(name) } catch { throw ValidationError(error.description) }
    }
}
