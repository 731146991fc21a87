// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that a process's surroundings say about credentials, region and endpoints.
///
/// The program fills it from its environment; a demo or a test passes an empty one, and then nothing of the user's own
/// configuration can reach a connection.
package struct ProcessContext: Sendable {
    /// The environment variables.
    package var environment: [String: String]
    /// Where `~` is; files are looked for in its folder `.aws`.
    package var homeDirectory: String
    /// Reads a file as text; nil if there is none.
    ///
    /// Throws if there is one that cannot be read.
    package var readFile: @Sendable (_ path: String) throws -> String?

    /// Creates a context.
    package init(
        environment: [String: String],
        homeDirectory: String,
        readFile: @escaping @Sendable (_ path: String) throws -> String?
    ) {
        self.environment = environment
        self.homeDirectory = homeDirectory
        self.readFile = readFile
    }

    /// No variables and no files.
    package static let empty = ProcessContext(environment: [:], homeDirectory: "/", readFile: { _ in nil })

    /// A variable that is set and not empty.
    func variable(_ name: String) -> String? {
        self.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
