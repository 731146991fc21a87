// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// What a `Package.swift` says, as the package manager reads it.
struct PackageManifest: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let dependencies: [Dependency]
    }

    struct Product: Decodable {
        let name: String
        let targets: [String]
    }

    /// `{"byName": ["A", null]}` or `{"product": ["A", "package", …]}`.
    struct Dependency: Decodable {
        let name: String
        /// The package that a product is of; nil: it is not said.
        let package: String?

        init(from decoder: any Decoder) throws {
            let entry = try decoder.singleValueContainer().decode([String: [Name?]].self)
            let words = entry.values.first ?? []
            self.name = words.first.flatMap { $0?.text } ?? ""
            self.package = entry.keys.first == "product" && words.count > 1 ? words[1]?.text : nil
        }

        private struct Name: Decodable {
            let text: String?

            init(from decoder: any Decoder) throws {
                self.text = try? decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    /// Another package, by a folder or by an address.
    struct Package: Decodable {
        struct Folder: Decodable {
            let path: String
        }

        let fileSystem: [Folder]?
    }

    let targets: [Target]
    let products: [Product]
    let dependencies: [Package]

    /// Reads the manifest in a folder.
    static func read(in folder: URL) async throws -> PackageManifest {
        // A scratch folder of its own: the build's may be locked by the run that this test is part of.
        let scratch = try TemporaryFolder()
        let result = try await run(
            "/usr/bin/env",
            ["swift", "package", "--package-path", folder.path, "--scratch-path", scratch.path, "dump-package"],
            // It leaves locks in the folder for temporary files.
            environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": scratch.path]) { $1 }
        )
        try #require(result.status == 0, "\(result.errorText)")
        return try JSONDecoder().decode(Self.self, from: Data(result.text.utf8))
    }
}
