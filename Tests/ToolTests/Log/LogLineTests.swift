// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing

@testable import weir

/// The lines of the log, to the letter.
struct LogLineTests {
    private static func line(_ message: String, _ metadata: Logger.Metadata, _ format: LogFormat) -> String {
        let line = LogLine(time: "T", level: .warning, component: .client, message: message, metadata: metadata)
        return String(decoding: line.bytes(format), as: UTF8.self)
    }

    private static let metadata: Logger.Metadata = [
        "b": .stringConvertible(7), "a": "plain", "c": ["x": "1", "y": ["z": "two words"]], "d": ["e", "f"],
    ]

    @Test func textIsTimeLevelComponentMessageAndFactsByName() {
        #expect(
            Self.line("it happened", Self.metadata, .text)
                == "T warning client it happened a=plain b=7 c.x=1 c.y.z=\"two words\" d=\"[\\\"e\\\", \\\"f\\\"]\"\n"
        )
    }

    @Test func jsonIsOneObjectWithItsFacts() {
        #expect(
            Self.line("it happened", Self.metadata, .json)
                == #"{"at":"T","level":"warning","component":"client","message":"it happened","#
                + #""metadata":{"a":"plain","b":7,"c":{"x":"1","y":{"z":"two words"}},"d":["e","f"]}}"# + "\n"
        )
    }

    @Test(arguments: LogFormat.allCases)
    func whateverIsInALineItIsOneLine(_ format: LogFormat) {
        let line = Self.line("a\nb\r\u{1B}[2J", ["k\n": "v\nT error engine forged", "e": "", "q": "x=\"y\""], format)
        #expect(line.utf8.count { $0 == 10 } == 1)
        #expect(!line.utf8.dropLast().contains { $0 < 0x20 })
        #expect(line.hasSuffix("\n"))
    }

    @Test(arguments: [
        ("warning", Logger.Level.warning, Logger.Level.warning),
        ("engine=trace", .debug, .trace),
        ("Info,ENGINE=Debug", .info, .debug),
        ("engine=debug,info,engine=error", .info, .error),
    ])
    func aLevelIsForAllOrForOneComponent(text: String, client: Logger.Level, engine: Logger.Level) throws {
        let levels = try LogLevels.read(text)
        #expect(levels[.client] == client)
        #expect(levels[.engine] == engine)
    }

    @Test(arguments: ["", "loud", "info,", "engine", "engine=", "engine=loud", "screen=info", "engine=info=info"])
    func whatIsNoLevelIsRefused(text: String) {
        #expect(throws: (any Error).self) { try LogLevels.read(text) }
    }
}
