// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// A copy of `dev` with stand-ins for Swift and others, so that its own decisions can be tested in no time.
///
/// The stand-ins do what variables say: `FAKE_VERSION`, `FAKE_PACKAGE` (the state of every Debian package), and the
/// exit statuses `FAKE_LINT`, `FAKE_BUILD`, `FAKE_TEST`. The results of the tests are the file `results`, their output
/// the file `printed`, both in the folder.
///
/// The stand-ins are files of the project, not written here: a program that was just written cannot be started while
/// another test, starting one at the same moment, has inherited the file that is being written.
struct DevSandbox {
    private let folder: TemporaryFolder
    private var environment: [String: String]

    init() throws {
        let tree = ProjectTree()
        self.folder = try TemporaryFolder()
        for script in ["dev", ".ci/test-runs.sh"] {
            let text = try Data(contentsOf: tree.root.appendingPathComponent(script))
            try self.folder.write(String(decoding: text, as: UTF8.self), to: script)
        }
        try self.folder.write("some==1\n", to: "Tests/LocalEndpointTests/Interop/requirements.lock")
        let standIns = tree.root.appendingPathComponent("Tests/ProjectTests/StandIns").path
        self.environment = [
            "PATH": "\(standIns):/usr/bin:/bin", "HOME": self.folder.path, "FAKE_FOLDER": self.folder.path,
        ]
    }

    /// Puts the results of a test run where the stand-in takes them from.
    func setResults(_ testcases: String) throws {
        try self.folder.write("<testsuites>\n<testsuite>\n\(testcases)\n</testsuite>\n</testsuites>\n", to: "results")
    }

    /// Puts the output of a test run where the stand-in takes it from.
    func setPrinted(_ text: String) throws {
        try self.folder.write(text, to: "printed")
    }

    /// Puts an example package there, and the results of its tests; nil: it does not build.
    func setExample(_ name: String, results testcases: String?) throws {
        try self.folder.write("// no package\n", to: "Tests/Examples/\(name)/Package.swift")
        guard let testcases else { return }
        try self.folder.write("<testsuite>\n\(testcases)\n</testsuite>\n", to: "results-\(name)")
    }

    /// Puts a recorded session there.
    func setRecording(_ name: String) throws {
        try self.folder.write("no session\n", to: "recordings/\(name).weir")
    }

    func dev(_ arguments: [String], with variables: [String: String] = [:]) async throws -> ProgramRun {
        try await run(
            "/bin/bash",
            ["\(self.folder.path)/dev"] + arguments,
            environment: self.environment.merging(variables) { $1 }
        )
    }
}
