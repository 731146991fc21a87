// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// Runs a program to its end, with nothing on standard input.
///
/// - Parameters:
///   - program: Its path.
///   - arguments: What it is given.
///   - environment: All of its environment.
/// - Returns: What it printed and its exit status.
/// - Throws: An error of Foundation if it cannot be started.
func run(_ program: String, _ arguments: [String], environment: [String: String]) async throws -> ProgramRun {
    let folder = try TemporaryFolder()
    return try await ProgramRun.run(
        program,
        arguments,
        environment: environment,
        outputFolder: URL(fileURLWithPath: folder.path)
    )
}
