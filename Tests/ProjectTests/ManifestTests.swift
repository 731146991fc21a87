// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `Package.swift` says what is really used: the build finds some modules even when nobody declared them.
struct ManifestTests {
    private struct Manifest: Decodable {
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

            init(from decoder: any Decoder) throws {
                let entry = try decoder.singleValueContainer().decode([String: [Name?]].self)
                self.name = entry.values.first?.first.flatMap { $0?.text } ?? ""
            }

            private struct Name: Decodable {
                let text: String?

                init(from decoder: any Decoder) throws {
                    self.text = try? decoder.singleValueContainer().decode(String.self)
                }
            }
        }

        let targets: [Target]
        let products: [Product]
    }

    /// Modules that come with Swift or the system.
    private static let system = ImportTable.libc.union([
        "Foundation", "FoundationEssentials", "Synchronization", "System", "Testing",
    ])

    /// Modules that a product of another name brings.
    private static let alsoIn = ["GRDBSQLite": "GRDB"]

    private let tree = ProjectTree()

    @Test func everyImportIsDeclared() async throws {
        let manifest = try await self.manifest()
        let files = try ["Sources", "Tests"].flatMap { try self.tree.files(below: $0, extensions: ["swift"]) }
        var breaches: [Violation] = []
        for file in files {
            // Benchmarks are in the manifest only for those who measure.
            guard let name = file.target, name != "WeirBenchmarks" else { continue }
            let target = try #require(manifest.targets.first { $0.name == name }, "\(file.path) is in no target")
            let declared = Set(target.dependencies.map(\.name))
            for statement in ImportStatement.all(in: CodeText(file.text)) {
                let module = Self.alsoIn[statement.module] ?? statement.module
                guard !Self.system.contains(module), !declared.contains(module) else { continue }
                breaches.append(Violation(path: file.path, line: statement.line, rule: "\(module) is not declared"))
            }
        }
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func everyDeclaredTargetIsAllowedByItsRow() async throws {
        let manifest = try await self.manifest()
        let ours = Set(manifest.targets.map(\.name))
        for target in manifest.targets where target.type != "test" {
            let row = try #require(ImportTable.rows[target.name], "\(target.name) has no row in ImportTable")
            let declared = Set(target.dependencies.map(\.name)).intersection(ours)
            #expect(declared.subtracting(row.ours).isEmpty, "\(target.name)")
        }
    }

    @Test func noProductCarriesTheTests() async throws {
        let manifest = try await self.manifest()
        #expect(manifest.products.contains { $0.name == "ConsumerEngine" })
        #expect(!manifest.products.flatMap(\.targets).contains("TestSupport"))
    }

    private func manifest() async throws -> Manifest {
        // A scratch folder of its own: the build's may be locked by the run that this test is part of.
        let scratch = try TemporaryFolder()
        let result = try await run(
            "/usr/bin/env",
            [
                "swift", "package", "--package-path", self.tree.root.path, "--scratch-path", scratch.path,
                "dump-package",
            ],
            // It leaves locks in the folder for temporary files.
            environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": scratch.path]) { $1 }
        )
        try #require(result.status == 0, "\(result.errorText)")
        return try JSONDecoder().decode(Manifest.self, from: Data(result.text.utf8))
    }
}
