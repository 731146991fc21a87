// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What each source file is held to beside the compiler and the formatter.
enum SourceRules {
    /// A text that code must not hold, where it may nevertheless, and why not.
    struct Forbidden {
        /// What every text that matches holds: a quick look before the slow one.
        let word: String
        let pattern: String
        let instead: String
        /// Paths, or beginnings of paths that end in a slash, that are excepted.
        let except: [String]

        func excepts(_ path: String) -> Bool {
            self.except.contains { $0.hasSuffix("/") ? path.hasPrefix($0) : path == $0 }
        }
    }

    static let systemClock = "Sources/StreamSession/Time/SystemClock.swift"

    /// Time comes from a `SessionClock`; only one file asks the machine for it.
    static let clocks = readings.map { Self.clock($0.word, $0.pattern, except: []) } + [eventLoopClock]

    private static let readings: [(word: String, pattern: String)] = [
        ("Date", #"\bDate(?:\(|\.now\b)"#),
        ("ContinuousClock", #"\bContinuousClock\b"#),
        ("SuspendingClock", #"\bSuspendingClock\b"#),
        ("Task.sleep", #"\bTask\.sleep\b"#),
        ("Thread.sleep", #"\bThread\.sleep\b"#),
        ("clock_gettime", #"\bclock_gettime\b"#),
        ("gettimeofday", #"\bgettimeofday\b"#),
        ("sleep(", #"(?:^|[^\w.])sleep\((?!for\b)"#),
        ("usleep", #"\busleep\b"#),
        ("nanosleep", #"\bnanosleep\b"#),
        ("DispatchTime", #"\bDispatchTime\b"#),
        ("CFAbsoluteTime", #"\bCFAbsoluteTimeGetCurrent\b"#),
    ]

    /// Time limits of the HTTP client are deadlines of its event loop.
    private static let eventLoopClock = clock(
        "NIODeadline",
        #"\bNIODeadline\.now\b"#,
        except: ["Sources/AWSTransport/HTTP/"]
    )

    private static func clock(_ word: String, _ pattern: String, except: [String]) -> Forbidden {
        Forbidden(
            word: word,
            pattern: pattern,
            instead: "take time from an injected SessionClock",
            except: [self.systemClock] + except
        )
    }

    /// Tests run on clocks that they turn themselves, so that none depends on how fast the machine is.
    static let clocksOfTests = clocks.map {
        Forbidden(word: $0.word, pattern: $0.pattern, instead: $0.instead, except: [])
    }

    static let safety = [
        Forbidden(word: "try!", pattern: #"\btry!"#, instead: "handle the error", except: []),
        Forbidden(
            word: "@unchecked",
            pattern: #"@unchecked\s+Sendable\b"#,
            instead: "use Mutex, an actor or a value",
            except: []
        ),
        Forbidden(word: "unsafe", pattern: #"\bnonisolated\(unsafe\)"#, instead: "use Mutex or Atomic", except: []),
        Forbidden(
            word: "unsafeBitCast",
            pattern: #"\bunsafeBitCast\b"#,
            instead: "convert the value",
            // SQLite's mark for "copy this text" is a pointer that points nowhere; it has no other spelling in Swift.
            except: ["Sources/LocalDynamoDB/Storage/SQLStatement.swift"]
        ),
    ]

    /// Standard output belongs to the program; a library that prints tears its caller's output and screen.
    static let output = [
        Forbidden(
            word: "rint(",
            pattern: #"(?:^|[^\w.])(?:p|debugP)rint\("#,
            instead: "return it, log it or publish an event",
            except: ["Sources/weir/", "Sources/TerminalProbe/", "Sources/TestSupport/", "Sources/Benchmarks/"]
        )
    ]

    /// Breaches of the rules about text in the code of one file.
    static func breaches(of rules: [Forbidden], in file: ProjectFile) throws -> [Violation] {
        let rules = rules.filter { !$0.excepts(file.path) && file.text.contains($0.word) }
        guard !rules.isEmpty else { return [] }
        let lines = CodeText(file.text).lines
        var found: [Violation] = []
        for rule in rules {
            let pattern = try Regex(rule.pattern)
            for (number, line) in lines.enumerated() where line.contains(rule.word) && line.contains(pattern) {
                found.append(Violation(path: file.path, line: number + 1, rule: "\(rule.pattern): \(rule.instead)"))
            }
        }
        return found
    }

    /// Imports of one file that its target's row does not allow.
    static func breachesOfImports(
        in file: ProjectFile,
        table: [String: ImportTable.Row] = ImportTable.rows
    ) -> [Violation] {
        guard let target = file.target, let row = table[target] else {
            return [Violation(path: file.path, line: 0, rule: "its target has no row in ImportTable")]
        }
        return ImportStatement.all(in: CodeText(file.text)).flatMap { statement in
            var found: [Violation] = []
            func add(_ rule: String) {
                found.append(Violation(path: file.path, line: statement.line, rule: rule))
            }
            if !row.allows(statement.module) { add("\(target) must not import \(statement.module)") }
            if statement.modifiers.contains("@testable") { add("@testable belongs into tests") }
            if statement.modifiers.contains("@_exported") { add("a module exports only what is its own") }
            if statement.modifiers.contains("@preconcurrency") { add("@preconcurrency hides what is not Sendable") }
            return found
        }
    }

    /// Which files are held to the form: sources and scripts, not data.
    static func hasForm(_ file: ProjectFile) -> Bool {
        let name = (file.path as NSString).lastPathComponent
        return ["swift", "c", "h", "py", "sh"].contains((name as NSString).pathExtension)
            || ["dev", ".ci/run"].contains(file.path) || file.path.hasPrefix("Tests/ProjectTests/StandIns/")
    }

    static let header = [
        "Weir, copyright the Weir project authors",
        "SPDX-License-Identifier: Apache-2.0",
    ]

    static let longest = 400

    /// A file starts with whose it is and under which licence, and stays readable in one go.
    static func breachesOfForm(in file: ProjectFile) -> [Violation] {
        var found: [Violation] = []
        var lines = file.lines[...]
        if let first = lines.first, first.hasPrefix("#!") || first.hasPrefix("// swift-tools-version") {
            lines.removeFirst()
        }
        let isScript = !["swift", "c", "h"].contains((file.path as NSString).pathExtension)
        let mark = isScript ? "# " : "// "
        if !file.path.hasSuffix("Package.swift"), lines.prefix(2).map(String.init) != Self.header.map({ mark + $0 }) {
            found.append(Violation(path: file.path, line: 1, rule: "the two lines of the header are not there"))
        }
        let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
        if count > Self.longest {
            found.append(Violation(path: file.path, line: 0, rule: "\(count) lines; \(Self.longest) are the most"))
        }
        return found
    }

    /// What must not stand in any file: places that exist on one machine only, notes of unfinished work, real keys.
    static let anywhere: [(words: [String], pattern: String, rule: String)] = [
        (
            ["work/", "opt/", "build/", "root/", "Users/"],
            #"(?:^|[^\w.}/)~$-])/(?:work|opt|build|root|Users)/"#,
            "a path of one machine"
        ),
        (Self.unfinished, #"\b(?:"# + unfinished.joined(separator: "|") + #")\b"#, "finish it, or open an issue"),
        (["AKIA"], #"\bAKIA(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b"#, "an access key"),
    ]

    /// Written in halves, so that this file does not hold them.
    private static let unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "X" + "XX"]

    static func breachesAnywhere(in file: ProjectFile) throws -> [Violation] {
        var found: [Violation] = []
        for entry in self.anywhere where entry.words.contains(where: file.text.contains) {
            let pattern = try Regex(entry.pattern)
            for (number, line) in file.lines.enumerated()
            where entry.words.contains(where: line.contains) && line.contains(pattern) {
                found.append(Violation(path: file.path, line: number + 1, rule: entry.rule))
            }
        }
        return found
    }
}
