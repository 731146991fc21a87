// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession

/// The sessions that the goldens show.
enum DataSet: String, CaseIterable, Sendable {
    case empty, story, hostile, held, errors

    /// The session.
    var session: SessionState { Self.sessions[self] ?? SessionState() }

    // Built once: all goldens of a set show the same state.
    private static let sessions: [DataSet: SessionState] = Dictionary(
        uniqueKeysWithValues: DataSet.allCases.map { ($0, $0.build()) }
    )

    private func build() -> SessionState {
        switch self {
        case .empty: Self.makeEmpty()
        case .story: Self.makeStory().state
        case .hostile: Self.makeHostile()
        case .held: Self.makeHeld()
        case .errors: Self.makeErrors()
        }
    }

    private static func makeEmpty() -> SessionState {
        var script = SessionScript()
        script.publish(.started(SessionScript.description()))
        script.publish(.streamChanged(.enabled))
        return script.state
    }

    /// Ninety seconds of three shards: a wave of load, a split, one late sample, one gap.
    static func makeStory(seconds: Int = 90) -> SessionScript {
        var script = SessionScript()
        script.publish(.started(SessionScript.description()))
        script.publish(.streamChanged(.enabled))
        for shard in 1...3 {
            script.listShard(shard)
            script.publish(.shardChanged(SessionScript.shardID(shard), .reading))
        }
        for second in 0..<seconds {
            script.advance(.milliseconds(500))
            let wave = second % 30 == 20 ? 120 : [6, 10, 18, 30, 42, 54, 60, 50, 36, 24, 14, 8][(second / 3) % 12]
            for shard in 1...3 {
                let count = wave / shard
                if second < 60 || shard != 3 {
                    for size in stride(from: count, to: 0, by: -100) {
                        script.batch(shard: shard, records: min(100, size), lag: .milliseconds(700 + 200 * shard))
                    }
                }
            }
            if second == 60 {
                script.listShard(3, isClosed: true)
                script.publish(.shardChanged(SessionScript.shardID(3), .finished))
                script.publish(.checkpoint(SessionScript.shardID(3), .shardEnd))
                script.listShard(4, parent: 3)
                script.listShard(5, parent: 3)
                script.publish(.shardChanged(SessionScript.shardID(4), .reading))
            }
            script.advance(.milliseconds(500))
            for shard in second < 60 ? [1, 2, 3] : [1, 2, 4] { script.emptyRead(shard: shard) }
            // The engine was busy: three samples did not come.
            if !(40...42).contains(second) {
                script.sample(waiting: wave / 4, inFlight: wave / 10, oldest: .milliseconds(1200))
            }
        }
        script.advance(.milliseconds(250))
        return script
    }

    private static func makeHeld() -> SessionState {
        var script = Self.makeStory(seconds: 45)
        script.publish(.hold(.held))
        for shard in 1...2 { script.publish(.shardChanged(SessionScript.shardID(shard), .held)) }
        for second in 0..<42 {
            script.advance(.seconds(1))
            if second == 20 {
                script.publish(.hold(.steppedRecord))
                script.batch(shard: 1, records: 1)
            }
            script.sample(waiting: 18_204, oldest: .seconds(148 + second))
        }
        return script.state
    }

    private static func makeErrors() -> SessionState {
        var script = Self.makeStory(seconds: 30)
        let shard = SessionScript.shardID(1)
        script.batch(shard: shard, of: (0..<30).map { _ in script.record() }, failures: 2)
        script.batch(shard: shard, of: (0..<100).map { _ in script.record() }, failures: 3, result: nil)
        script.publish(
            .shardChanged(
                shard,
                .backingOff(
                    reason: "BatchWriteItem: ThrottlingException, rate exceeded",
                    until: script.now.advanced(by: .seconds(2))
                )
            )
        )
        script.batch(
            shard: SessionScript.shardID(2),
            of: (0..<12).map { _ in script.record() },
            result: .abandoned(reason: "the session ended before the batch was done")
        )
        script.publish(
            .shardChanged(
                SessionScript.shardID(2),
                .stopped(reason: "AccessDeniedException: not allowed to call GetRecords")
            )
        )
        for (batch, operation) in [(nil, "GetRecords"), (BatchID(3), "BatchWriteItem")] {
            script.publish(
                .callFailed(
                    CallFailure(
                        shard: SessionScript.shardID(2),
                        batch: batch,
                        operation: operation,
                        code: "ThrottlingException",
                        message: "ThrottlingException: rate exceeded",
                        isThrottling: true
                    )
                )
            )
        }
        script.publish(
            .notice(Notice(level: .warning, code: "slow-endpoint", message: "the endpoint took 2.1 s to answer"))
        )
        script.publish(
            .dataLost(
                DataLoss(
                    shard: SessionScript.shardID(3),
                    after: nil,
                    reason: "records older than 24 hours were trimmed before they were read"
                )
            )
        )
        script.publish(.shardChanged(SessionScript.shardID(3), .vanished))
        script.publish(
            .notice(
                Notice(
                    level: .error,
                    code: "AccessDeniedException",
                    message: "not allowed to call GetRecords on this stream; add dynamodb:GetRecords to the role"
                )
            )
        )
        script.advance(.seconds(1))
        script.sample(waiting: 100, oldest: .seconds(130))
        return script.state
    }

    /// Names, values and messages that try to leave their place.
    private static func makeHostile() -> SessionState {
        var script = SessionScript()
        var description = SessionScript.description(tableName: "T\u{1B}[31m\u{202E}able\u{9B}2J")
        description.profile = "pro\u{7}file"
        script.publish(.started(description))
        let shard = ShardID("shardId-\u{1B}]52;c;AAAA\u{7}\u{2066}evil\u{200B}")
        script.publish(
            .shardListed(ShardDescription(id: shard, range: SequenceRange(start: SessionScript.sequence(1))))
        )
        script.publish(.shardChanged(shard, .reading))
        let texts = [
            "plain", "\u{1B}[2Jgone", "\u{9B}31mred", "\u{202E}drawkcab", "日本語のテキスト",
            "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}x",
            "👩‍👩‍👧‍👦 family", "❤️ heart", "\u{E0041}tag", "\u{378}unassigned", "a\u{0}b\r\nc\td", "🇩🇪 flag",
        ]
        var records: [StreamRecord] = []
        for (number, text) in texts.enumerated() {
            let keys: Item = ["messageId": .string(text), "createdAt": .number(DecimalNumber(number))]
            var new = keys
            new["na\u{1B}me\(number)"] = .string(text)
            new["list"] = .list([.string(text), .null, .bool(true)])
            records.append(
                StreamRecord(
                    eventID: EventID("e\u{1B}\(number)"),
                    kind: .insert,
                    keys: RawItem(keys),
                    newImage: RawItem(new),
                    sequenceNumber: SessionScript.sequence(1000 + number),
                    createdAt: script.now,
                    size: ByteCount(173)
                )
            )
        }
        script.batch(shard: shard, of: records, failures: 1)
        for text in texts {
            script.publish(
                .notice(Notice(level: .warning, shard: shard, code: "c\u{1B}\(text)", message: "said: \(text)"))
            )
        }
        script.publish(.marker("mark \u{1B}[5m"))
        script.advance(.seconds(1))
        script.sample(waiting: 1, oldest: .seconds(1))
        return script.state
    }
}
