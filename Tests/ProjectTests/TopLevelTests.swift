// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The top level is fixed: what is new finds its place below.
struct TopLevelTests {
    private let tree = ProjectTree()

    private static let allowed: Set<String> = [
        "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "Package.swift", "README.md", "Sources", "Tests", "dev",
        "recordings", "themes",
    ]

    @Test func theTopLevelHoldsOnlyWhatBelongsThere() throws {
        let strays = try self.tree.topLevel().filter { !$0.hasPrefix(".") && !Self.allowed.contains($0) }
        #expect(strays.isEmpty)
    }

    @Test(arguments: ["dev", ".ci/run"])
    func theScriptsCanBeRun(path: String) {
        #expect(FileManager.default.isExecutableFile(atPath: self.tree.root.appendingPathComponent(path).path))
    }

    @Test func theLicenceIsTheWholeText() throws {
        let licence = try #require(try self.tree.file("LICENSE")).text
        #expect(licence.contains("Version 2.0, January 2004"))
        #expect(licence.contains("END OF TERMS AND CONDITIONS"))
    }

    @Test func everyPythonPackageOfTheTestsIsPinnedWithItsHash() throws {
        let lock = try #require(try self.tree.file("Tests/LocalEndpointTests/Interop/requirements.lock"))
        let joined = lock.text.replacingOccurrences(of: "\\\n", with: " ")
        let entries = joined.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.isEmpty }
        #expect(entries.count > 20)
        for entry in entries {
            #expect(entry.contains(#/^[A-Za-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}/#), "\(entry.prefix(40))")
        }
        for name in ["boto3==", "awscli==", "moto==", "asciinema=="] {
            #expect(entries.contains { $0.hasPrefix(name) })
        }
    }
}
