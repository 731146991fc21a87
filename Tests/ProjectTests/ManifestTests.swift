// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// `Package.swift` says what is really used: the build finds some modules even when nobody declared them.
struct ManifestTests {
    /// Modules that come with Swift or the system.
    static let system = ImportTable.libc.union([
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
            // Benchmarks are in the manifest only for those who measure, examples have manifests of their own.
            guard let name = file.target, name != "WeirBenchmarks", name != "Examples" else { continue }
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

    private func manifest() async throws -> PackageManifest {
        try await PackageManifest.read(in: self.tree.root)
    }
}
