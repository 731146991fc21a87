// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What environment and files say about this process's user.
enum ProcessSurroundings {
    /// The environment variables of this process.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The environment variables, the home and the files of this process.
    static func aws() -> ProcessContext {
        let environment = Self.environment
        return ProcessContext(
            environment: environment,
            homeDirectory: environment["HOME"] ?? "/",
            readFile: Self.readFile
        )
    }

    /// A file as text; nil if there is none.
    ///
    /// - Throws: If there is one that cannot be read.
    @Sendable static func readFile(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// A path for a folder of its own for the time of one run; the folder is not there yet.
    static func temporaryFolder() -> String {
        FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)").path
    }

    /// Removes such a folder with all that is in it, if it is there.
    static func removeFolder(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}
