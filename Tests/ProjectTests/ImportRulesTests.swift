// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The borders between targets.
///
/// The compiler does not stop an import of what another target happens to bring along.
struct ImportRulesTests {
    private let tree = ProjectTree()

    @Test func everyTargetImportsOnlyWhatItsRowAllows() throws {
        let files = try self.tree.files(below: "Sources", extensions: ["swift"])
        #expect(files.count > 50)
        let breaches = files.flatMap { SourceRules.breachesOfImports(in: $0) }
        #expect(breaches.isEmpty, "\(report(breaches))")
    }

    @Test func everyRowHasItsTargetAndEveryTargetItsRow() throws {
        let targets = Set(try self.tree.files(below: "Sources").compactMap(\.target))
        #expect(targets.subtracting(ImportTable.rows.keys).isEmpty)
        // Benchmarks are built, and there, only for those who measure.
        #expect(Set(ImportTable.rows.keys).subtracting(targets).isSubset(of: ["WeirBenchmarks"]))
    }

    @Test func theTableHasNoCycle() {
        var open = ImportTable.rows.mapValues(\.ours)
        while let leaf = open.first(where: { $0.value.isDisjoint(with: open.keys) }) {
            open[leaf.key] = nil
        }
        #expect(open.isEmpty, "targets in a cycle: \(open.keys.sorted())")
    }

    @Test func theEngineReachesNeitherNetworkNorStorageNorScreen() {
        var reached: Set<String> = []
        var waiting = ["ConsumerEngine"]
        while let target = waiting.popLast() {
            guard let row = ImportTable.rows[target], reached.insert(target).inserted else { continue }
            reached.formUnion(row.others)
            waiting += row.ours
        }
        let allowed: Set<String> = [
            "ConsumerEngine", "DynamoDBModel", "StreamSession", "CoreMetrics", "DequeModule", "Logging",
            "ServiceLifecycle",
            "Synchronization",
        ]
        #expect(reached.subtracting(ImportTable.libc) == allowed)
    }

    @Test(arguments: [
        ("import GRDB", "GRDB"),
        ("import Foundation", "Foundation"),
        ("internal import struct NIOCore.ByteBuffer", "NIOCore"),
        ("package import Dashboard", "Dashboard"),
        ("#if canImport(FoundationNetworking)\nimport FoundationNetworking\n#endif", "FoundationNetworking"),
        ("import Logging; import CTerminal", "CTerminal"),
        ("@preconcurrency import ArgumentParser", "ArgumentParser"),
    ])
    func anImportAcrossABorderIsFound(source: String, module: String) {
        let breaches = SourceRules.breachesOfImports(in: file(source))
        #expect(breaches.contains { $0.rule == "ConsumerEngine must not import \(module)" })
    }

    @Test(arguments: ["@testable import DynamoDBModel", "@_exported import Logging", "@preconcurrency import Logging"])
    func anAllowedModuleIsRefusedInAForbiddenManner(source: String) {
        #expect(SourceRules.breachesOfImports(in: file(source)).count == 1)
    }

    @Test func aTargetWithoutARowIsFound() {
        let stray = ProjectFile(path: "Sources/Elsewhere/A.swift", text: "import Foundation\n")
        #expect(SourceRules.breachesOfImports(in: stray).count == 1)
    }

    @Test func commentsAndStringsAreNotImports() {
        let source = ##"""
            // import GRDB
            /* import GRDB
               /* import GRDB */
               import GRDB */
            let text = "import GRDB"
            let long = #"""
            import GRDB
            """#
            let more = """
                import GRDB
                \(["import": 1].count)
                """
            package import DynamoDBModel
            """##
        let statements = ImportStatement.all(in: CodeText(source))
        #expect(statements.map(\.module) == ["DynamoDBModel"])
        #expect(statements.first?.modifiers == ["package"])
    }

    @Test func aQuoteInARegularExpressionDoesNotHideTheRestOfTheFile() {
        let statements = ImportStatement.all(in: CodeText("let pattern = /[\"]/\nimport GRDB\n"))
        #expect(statements == [ImportStatement(line: 2, module: "GRDB", modifiers: [])])
    }

    private func file(_ source: String) -> ProjectFile {
        ProjectFile(path: "Sources/ConsumerEngine/A.swift", text: source + "\n")
    }
}
