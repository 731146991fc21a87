// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// An example is what a user of the library can write, with the one product that it shows.
struct ExamplePackageTests {
    private let tree = ProjectTree()

    @Test(arguments: ["InsertCounts"])
    func anExampleHasTheEnginesProductAndNothingElse(name: String) async throws {
        let folder = self.tree.root.appendingPathComponent("Tests/Examples/\(name)")
        let manifest = try await PackageManifest.read(in: folder)
        let packages = try manifest.dependencies.map { try #require($0.fileSystem?.first, "not a folder").path }
        #expect(
            packages.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
                == [self.tree.root.resolvingSymlinksInPath().path]
        )
        let own = Set(manifest.targets.map(\.name))
        let foreign = manifest.targets.flatMap(\.dependencies).filter { !own.contains($0.name) }
        #expect(!foreign.isEmpty && foreign.allSatisfy { $0.name == "ConsumerEngine" && $0.package == "weir" })

        // Swift finds modules that a dependency happens to bring along, too; a user could not rely on those.
        let root = try await PackageManifest.read(in: self.tree.root)
        let product = try #require(root.products.first { $0.name == "ConsumerEngine" })
        let allowed = own.union(product.targets).union(ManifestTests.system)
        for file in try self.tree.files(below: "Tests/Examples/\(name)", extensions: ["swift"])
        where !file.path.hasSuffix("Package.swift") {
            let imports = ImportStatement.all(in: CodeText(file.text)).map(\.module)
            #expect(Set(imports).subtracting(allowed).isEmpty, "\(file.path)")
        }
    }

    @Test func everyExampleIsNamedAbove() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: self.tree.root.appendingPathComponent("Tests/Examples").path
        )
        #expect(names == ["InsertCounts"])
    }
}
