// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The files of the project, found from where this file was compiled.
struct ProjectTree {
    let root: URL

    init() {
        // This is Tests/ProjectTests/Support/ProjectTree.swift.
        self.root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// The names at the top level without what is only there after a build, sorted.
    func topLevel() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self.root.path).filter { !Self.isMade($0) }.sorted()
    }

    /// All files below a folder whose names end in one of the extensions, or all of them, sorted.
    func files(below folder: String, extensions: Set<String>? = nil) throws -> [ProjectFile] {
        let base = self.root.appendingPathComponent(folder)
        let relative = try FileManager.default.subpathsOfDirectory(atPath: base.path).sorted()
        return try relative.compactMap { path in
            let name = (path as NSString).lastPathComponent
            guard !path.split(separator: "/").contains(where: { Self.isMade(String($0)) }) else { return nil }
            if let extensions, !extensions.contains((name as NSString).pathExtension) { return nil }
            return try self.file("\(folder)/\(path)")
        }
    }

    /// Every text file of the project that somebody wrote.
    func everything() throws -> [ProjectFile] {
        var found: [ProjectFile] = []
        for name in try self.topLevel() where name != ".git" {
            if let file = try self.file(name) {
                found.append(file)
            } else {
                found += try self.files(below: name)
            }
        }
        return found
    }

    /// One file by its path from the root; nil for folders and for files that are not text.
    func file(_ path: String) throws -> ProjectFile? {
        let url = self.root.appendingPathComponent(path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue,
            let text = String(data: try Data(contentsOf: url), encoding: .utf8)
        else { return nil }
        return ProjectFile(path: path, text: text)
    }

    /// What builds, editors and tools leave behind, all of it named in `.gitignore`.
    private static func isMade(_ name: String) -> Bool {
        name.hasPrefix(".build") || name.hasPrefix(".venv") || name == ".swiftpm" || name == "Package.resolved"
            || name == "__pycache__" || name.hasSuffix(".profraw") || name.hasSuffix(".pyc")
    }
}
