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
        // Read as a stream: /dev/null is an empty file here, as it is for the AWS CLI. A dash is a name like others.
        return String(decoding: try InputFile.read(path == "-" ? "./-" : path), as: UTF8.self)
    }

    /// The names of the files in a folder; none if it cannot be read.
    @Sendable static func files(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// The names by which this machine knows itself: the one it was given, whole and up to the first dot.
    static func hostNames() -> Set<String> {
        let name = ProcessInfo.processInfo.hostName
        return Set([name, String(name.prefix { $0 != "." })].filter { !$0.isEmpty })
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
