// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where the program keeps its own files.
enum StateDirectory {
    /// The default checkpoint file: in `$XDG_STATE_HOME`, or in `~/.local/state`.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - home: The user's home.
    /// - Returns: An absolute path; nothing is created.
    static func checkpointFile(environment: [String: String], home: String) -> String {
        "\(Self.folder(environment: environment, home: home))/checkpoints.sqlite"
    }

    /// Where runs leave word which streams they read, beside the default checkpoint file.
    static func readersFolder(environment: [String: String], home: String) -> String {
        "\(Self.folder(environment: environment, home: home))/readers"
    }

    private static func folder(environment: [String: String], home: String) -> String {
        // The specification wants relative paths ignored.
        let base = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.local/state"
        return "\(base)/weir"
    }
}
